/** Media types: which encoding a request is in, which one the answer takes, and how to apply it. */
@NullMarked
package dev.proffer.protocol.media;

import org.jspecify.annotations.NullMarked;
