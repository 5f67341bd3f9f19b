/** The kernel's control groups, version 1 and 2: what limits a task, measures it and holds all of its processes. */
@NullMarked
package dev.proffer.agent.edge.cgroups;

import org.jspecify.annotations.NullMarked;
