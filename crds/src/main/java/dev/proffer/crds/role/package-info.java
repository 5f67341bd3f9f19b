/** Role: who may use a share of the cluster, and how much of it is its due. */
@NullMarked
package dev.proffer.crds.role;

import org.jspecify.annotations.NullMarked;
