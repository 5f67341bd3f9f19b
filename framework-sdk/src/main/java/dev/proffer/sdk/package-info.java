/** What the author of a framework writes against: the scheduler's callbacks, the calls to the master, tasks and offers. */
@NullMarked
package dev.proffer.sdk;

import org.jspecify.annotations.NullMarked;
