/** Tries the nodes that tests run on. */
@NullMarked
package dev.proffer.testing.nodes;

import org.jspecify.annotations.NullMarked;
