/** Reservation: resources of agents that are set aside for a role. */
@NullMarked
package dev.proffer.crds.reservation;

import org.jspecify.annotations.NullMarked;
