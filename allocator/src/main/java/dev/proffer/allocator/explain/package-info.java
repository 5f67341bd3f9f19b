/** Why a framework was not offered an agent, and how fragmented the cluster is: derived from what the runs decide by. */
@NullMarked
package dev.proffer.allocator.explain;

import org.jspecify.annotations.NullMarked;
