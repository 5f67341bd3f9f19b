/** What keeps an agent from offering all that it was configured to: found again and again, told to people. */
@NullMarked
package dev.proffer.agent.edge.problems;

import org.jspecify.annotations.NullMarked;
