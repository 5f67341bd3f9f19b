/** The registry of agents: Agent objects, written behind and read when a term begins, and what people write on them. */
@NullMarked
package dev.proffer.master.edge.registry;

import org.jspecify.annotations.NullMarked;
