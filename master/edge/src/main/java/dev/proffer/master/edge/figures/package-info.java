/** Writes what the leader alone knows into the statuses of people's objects: rarely, rounded, and in its own term. */
@NullMarked
package dev.proffer.master.edge.figures;

import org.jspecify.annotations.NullMarked;
