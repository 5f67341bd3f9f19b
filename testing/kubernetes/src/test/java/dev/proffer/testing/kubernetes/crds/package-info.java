/** The custom resources as a real API server takes, refuses and shows them. */
@NullMarked
package dev.proffer.testing.kubernetes.crds;

import org.jspecify.annotations.NullMarked;
