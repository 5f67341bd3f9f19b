/** Tests of the writer. */
@NullMarked
package dev.proffer.master.edge.writer;

import org.jspecify.annotations.NullMarked;
