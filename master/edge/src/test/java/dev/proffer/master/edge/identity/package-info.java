/** Tests of credentials. */
@NullMarked
package dev.proffer.master.edge.identity;

import org.jspecify.annotations.NullMarked;
