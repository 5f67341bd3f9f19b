/** The election of the master over real Leases. */
@NullMarked
package dev.proffer.testing.kubernetes.election;

import org.jspecify.annotations.NullMarked;
