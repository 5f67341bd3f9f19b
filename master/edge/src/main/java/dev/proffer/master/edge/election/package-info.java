/** Decides by a Kubernetes Lease which master leads, and numbers its term. */
@NullMarked
package dev.proffer.master.edge.election;

import org.jspecify.annotations.NullMarked;
