/** The domain's values: ids, role paths, exact quantities, {@link dev.proffer.model.Resources} arithmetic and time. */
@NullMarked
package dev.proffer.model;

import org.jspecify.annotations.NullMarked;
