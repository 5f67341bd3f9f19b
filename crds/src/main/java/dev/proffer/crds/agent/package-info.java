/** Agent: what the master knows of a node's daemon, and what people want done with it. */
@NullMarked
package dev.proffer.crds.agent;

import org.jspecify.annotations.NullMarked;
