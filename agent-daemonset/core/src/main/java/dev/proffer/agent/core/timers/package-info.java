/** What the agent does later: deadlines on the monotonic clock. */
@NullMarked
package dev.proffer.agent.core.timers;

import org.jspecify.annotations.NullMarked;
