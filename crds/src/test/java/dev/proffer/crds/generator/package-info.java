/** Writes the CRDs from the records. */
@NullMarked
package dev.proffer.crds.generator;

import org.jspecify.annotations.NullMarked;
