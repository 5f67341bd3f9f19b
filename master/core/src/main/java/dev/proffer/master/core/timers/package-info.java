/** What the master does later: deadlines on the monotonic clock. */
@NullMarked
package dev.proffer.master.core.timers;

import org.jspecify.annotations.NullMarked;
