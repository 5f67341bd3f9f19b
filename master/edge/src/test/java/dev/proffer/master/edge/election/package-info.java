/** Tests of the election. */
@NullMarked
package dev.proffer.master.edge.election;

import org.jspecify.annotations.NullMarked;
