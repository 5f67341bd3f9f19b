/** {@code kubectl proffer}: what people ask of a cluster and want done with it. */
@NullMarked
package dev.proffer.cli;

import org.jspecify.annotations.NullMarked;
