/** How the operator reads and writes objects: server-side apply of its own fields, events, what is to be swept. */
@NullMarked
package dev.proffer.operator.kubernetes;

import org.jspecify.annotations.NullMarked;
