/** The master's end of the agents' links: framed protobuf over TCP, one connection per agent. */
@NullMarked
package dev.proffer.master.edge.agentlink;

import org.jspecify.annotations.NullMarked;
