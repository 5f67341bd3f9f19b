/** The install and the operator's program against a real API server. */
@NullMarked
package dev.proffer.testing.kubernetes.operator;

import org.jspecify.annotations.NullMarked;
