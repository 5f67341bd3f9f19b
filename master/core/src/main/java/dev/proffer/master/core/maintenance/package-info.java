/** What people wish of agents and their machines: deactivated, drained, cordoned, unavailable. */
@NullMarked
package dev.proffer.master.core.maintenance;

import org.jspecify.annotations.NullMarked;
