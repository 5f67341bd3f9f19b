/** The master's pure state machine: agents, frameworks, offers, tasks and operations. */
@NullMarked
package dev.proffer.master.core;

import org.jspecify.annotations.NullMarked;
