/** The reconciler of Frameworks: whether they are admitted, and their schedulers where the operator runs them. */
@NullMarked
package dev.proffer.operator.framework;

import org.jspecify.annotations.NullMarked;
