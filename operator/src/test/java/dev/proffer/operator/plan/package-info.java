/** Tests of what the plans share. */
@NullMarked
package dev.proffer.operator.plan;

import org.jspecify.annotations.NullMarked;
