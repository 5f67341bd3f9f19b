/** Tests of what policy is judged by. */
@NullMarked
package dev.proffer.operator.plan.policy;

import org.jspecify.annotations.NullMarked;
