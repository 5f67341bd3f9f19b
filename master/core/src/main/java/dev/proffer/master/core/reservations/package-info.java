/** Reservations that administrators declare: which agents they are bound to, and what is set aside there. */
@NullMarked
package dev.proffer.master.core.reservations;

import org.jspecify.annotations.NullMarked;
