/** How much operator and master ask of the API server. */
@NullMarked
package dev.proffer.testing.kubernetes.budget;

import org.jspecify.annotations.NullMarked;
