/** How the leading master is reached, as the caller. */
@NullMarked
package dev.proffer.cli.master;

import org.jspecify.annotations.NullMarked;
