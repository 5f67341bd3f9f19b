/** Makes Services without a selector lead to the leader. */
@NullMarked
package dev.proffer.master.edge.endpoints;

import org.jspecify.annotations.NullMarked;
