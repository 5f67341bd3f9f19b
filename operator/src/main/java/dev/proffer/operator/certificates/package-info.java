/** The operator's own certificate authority, and certificates that others made. */
@NullMarked
package dev.proffer.operator.certificates;

import org.jspecify.annotations.NullMarked;
