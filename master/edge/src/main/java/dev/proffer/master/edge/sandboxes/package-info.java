/** What people read of tasks' sandboxes, by way of the agents. */
@NullMarked
package dev.proffer.master.edge.sandboxes;

import org.jspecify.annotations.NullMarked;
