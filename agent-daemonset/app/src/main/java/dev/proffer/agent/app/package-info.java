/** The Quarkus program that configures and runs an agent. */
@NullMarked
package dev.proffer.agent.app;

import org.jspecify.annotations.NullMarked;
