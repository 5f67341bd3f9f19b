/** Tests of the plan of a Framework. */
@NullMarked
package dev.proffer.operator.plan.framework;

import org.jspecify.annotations.NullMarked;
