/** How callers prove who they are: service accounts' tokens, names with secrets. */
@NullMarked
package dev.proffer.master.edge.identity;

import org.jspecify.annotations.NullMarked;
