/** Tests of pod templates. */
@NullMarked
package dev.proffer.operator.plan.template;

import org.jspecify.annotations.NullMarked;
