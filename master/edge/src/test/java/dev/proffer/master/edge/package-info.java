/** Tests of the master's edges over real sockets, with a scripted core behind them. */
@NullMarked
package dev.proffer.master.edge;

import org.jspecify.annotations.NullMarked;
