/** The life of agents: registration with their inventory, pings, disconnection, unreachable and gone. */
@NullMarked
package dev.proffer.master.core.agents;

import org.jspecify.annotations.NullMarked;
