/** The life of tasks: their states, updates and acknowledgements, kills and reconciliation. */
@NullMarked
package dev.proffer.master.core.tasks;

import org.jspecify.annotations.NullMarked;
