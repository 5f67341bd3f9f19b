/** What both plans share: conditions that are wanted, labels, and what the operator was released with. Pure. */
@NullMarked
package dev.proffer.operator.plan;

import org.jspecify.annotations.NullMarked;
