/** What the master wants done, collected while an input is applied, and the events that it sends. */
@NullMarked
package dev.proffer.master.core.outbox;

import org.jspecify.annotations.NullMarked;
