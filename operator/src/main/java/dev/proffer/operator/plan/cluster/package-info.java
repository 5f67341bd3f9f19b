/** From a ProfferCluster to the objects that it needs and the conditions that it is in. Pure: objects in, objects out. */
@NullMarked
package dev.proffer.operator.plan.cluster;

import org.jspecify.annotations.NullMarked;
