/** ProfferCluster: a master and its agents, as the administrator wants them. */
@NullMarked
package dev.proffer.crds.cluster;

import org.jspecify.annotations.NullMarked;
