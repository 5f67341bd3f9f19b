/** The agent's way to a leading master, and the terms that it obeys. */
@NullMarked
package dev.proffer.agent.core.registration;

import org.jspecify.annotations.NullMarked;
