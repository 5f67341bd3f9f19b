/** Tries to make two masters act at once. */
@NullMarked
package dev.proffer.master.core.authority;

import org.jspecify.annotations.NullMarked;
