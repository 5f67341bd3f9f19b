/** The folders that tasks run in. */
@NullMarked
package dev.proffer.agent.edge.sandbox;

import org.jspecify.annotations.NullMarked;
