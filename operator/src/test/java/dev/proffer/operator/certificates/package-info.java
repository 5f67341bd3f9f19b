/** Tests of certificates. */
@NullMarked
package dev.proffer.operator.certificates;

import org.jspecify.annotations.NullMarked;
