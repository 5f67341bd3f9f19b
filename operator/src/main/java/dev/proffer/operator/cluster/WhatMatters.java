package dev.proffer.operator.cluster;

import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.cluster.ProfferClusterStatus;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which changes of a ProfferCluster the operator acts on: of the leader's figures, few. */
public final class WhatMatters implements OnUpdateFilter<ProfferCluster> {
    @Override
    public boolean accept(ProfferCluster now, ProfferCluster before) {
        return differs(now, before, cluster -> cluster.getMetadata().getGeneration())
                || differs(now, before, cluster -> cluster.getMetadata().getDeletionTimestamp())
                || differs(now, before, cluster -> cluster.getMetadata().getFinalizers())
                || differs(now, before, of(ProfferClusterStatus::leader))
                || (isBeingDeleted(now) && differs(now, before, of(ProfferClusterStatus::tasks)));
    }

    private static boolean isBeingDeleted(ProfferCluster cluster) {
        return cluster.getMetadata().getDeletionTimestamp() != null;
    }

    private static Function<ProfferCluster, @Nullable Object> of(
            Function<ProfferClusterStatus, @Nullable Object> field) {
        return cluster -> Optional.ofNullable(cluster.getStatus()).map(field).orElse(null);
    }

    private static boolean differs(
            ProfferCluster now, ProfferCluster before, Function<ProfferCluster, @Nullable Object> field) {
        return !Objects.equals(field.apply(now), field.apply(before));
    }
}
