/** The reconciler of ProfferClusters: observes, plans, applies. */
@NullMarked
package dev.proffer.operator.cluster;

import org.jspecify.annotations.NullMarked;
