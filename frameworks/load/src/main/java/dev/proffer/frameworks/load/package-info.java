/** A framework that loads a cluster: so many tasks at such a rate, and a line each second of how they fare. */
@NullMarked
package dev.proffer.frameworks.load;

import org.jspecify.annotations.NullMarked;
