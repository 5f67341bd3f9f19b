/** What both encodings of a message have in common: what is wrong with one that cannot be read. */
@NullMarked
package dev.proffer.protocol.message;

import org.jspecify.annotations.NullMarked;
