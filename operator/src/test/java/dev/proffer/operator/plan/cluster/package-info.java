/** Tests of the plan of a ProfferCluster. */
@NullMarked
package dev.proffer.operator.plan.cluster;

import org.jspecify.annotations.NullMarked;
