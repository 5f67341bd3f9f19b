/** Tests of the reconciler of Frameworks that need no API server. */
@NullMarked
package dev.proffer.operator.framework;

import org.jspecify.annotations.NullMarked;
