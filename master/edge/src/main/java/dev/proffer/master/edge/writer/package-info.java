/** The one thread that owns a leading master's state: inputs in, effects out, snapshots for readers. */
@NullMarked
package dev.proffer.master.edge.writer;

import org.jspecify.annotations.NullMarked;
