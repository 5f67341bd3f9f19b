/** What readers of a master see: immutable values that share with one another whatever did not change. */
@NullMarked
package dev.proffer.master.core.snapshot;

import org.jspecify.annotations.NullMarked;
