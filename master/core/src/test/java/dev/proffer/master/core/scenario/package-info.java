/** A master with agents and schedulers around it, on a clock that the test moves. */
@NullMarked
package dev.proffer.master.core.scenario;

import org.jspecify.annotations.NullMarked;
