package dev.proffer.operator.framework;

import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.framework.FrameworkStatus;
import dev.proffer.crds.framework.SchedulerStatus;
import dev.proffer.operator.kubernetes.ConditionEvents;
import dev.proffer.operator.kubernetes.Writer;
import dev.proffer.operator.plan.Conditions;
import dev.proffer.operator.plan.Labels;
import dev.proffer.operator.plan.Verdict;
import dev.proffer.operator.plan.framework.FrameworkPlan;
import dev.proffer.operator.plan.framework.FrameworkVerdicts;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the operator's part of a Framework's status, when it changed. The rest is the leader's. */
final class FrameworkStatusWriter {
    private final Writer writer;
    private final ConditionEvents events;
    private final Clock clock;

    FrameworkStatusWriter(KubernetesClient client, ConditionEvents events, Clock clock) {
        this.writer = new Writer(client);
        this.events = events;
        this.clock = clock;
    }

    /** @return whether nothing is missing that comes without the operator being told */
    boolean write(Framework framework, FrameworkPlan plan, List<String> refusals, Optional<Deployment> scheduler) {
        var verdicts = new ArrayList<>(plan.verdicts());
        if (!refusals.isEmpty()) {
            verdicts.removeIf(verdict -> verdict.type().equals(FrameworkVerdicts.SCHEDULER_AVAILABLE));
            verdicts.add(Verdict.no(FrameworkVerdicts.SCHEDULER_AVAILABLE, "Refused", String.join(" ", refusals)));
        }
        var status = Optional.ofNullable(framework.getStatus());
        var before = status.map(FrameworkStatus::conditions).orElse(List.<Condition>of());
        long generation = framework.getMetadata().getGeneration();
        var after = Conditions.of(verdicts, before, generation, clock.instant());
        var figures = scheduler.map(FrameworkStatusWriter::figures).orElse(null);
        boolean same =
                Objects.equals(status.map(FrameworkStatus::observedGeneration).orElse(null), generation)
                        && before.containsAll(after)
                        && Objects.equals(status.map(FrameworkStatus::scheduler).orElse(null), figures);
        if (!same) {
            write(framework, generation, after, figures);
            events.changed(framework, before, after);
        }
        return refusals.isEmpty() && plan.verdicts().stream().allMatch(FrameworkStatusWriter::isKnown);
    }

    private void write(
            Framework framework, long generation, List<Condition> conditions, @Nullable SchedulerStatus scheduler) {
        var change = new Framework();
        change.setMetadata(new ObjectMetaBuilder()
                .withName(framework.getMetadata().getName())
                .withNamespace(framework.getMetadata().getNamespace())
                .withUid(framework.getMetadata().getUid())
                .build());
        change.setStatus(
                new FrameworkStatus(generation, conditions, null, null, null, null, null, null, null, scheduler));
        writer.applyStatus(change);
    }

    private static SchedulerStatus figures(Deployment scheduler) {
        var status = Optional.ofNullable(scheduler.getStatus());
        return new SchedulerStatus(
                status.map(it -> it.getReplicas()).orElse(0),
                status.map(it -> it.getReadyReplicas()).orElse(0),
                Labels.FRAMEWORK + "=" + scheduler.getMetadata().getLabels().get(Labels.FRAMEWORK));
    }

    /** A ServiceAccount, a Secret or a grant may come without an event. */
    private static boolean isKnown(Verdict verdict) {
        return verdict.holds()
                || !List.of(
                                "ServiceAccountMissing",
                                "SecretMissing",
                                "SecretForbidden",
                                "SecretUnusable",
                                "TooManyCredentials",
                                "Forbidden")
                        .contains(verdict.reason());
    }
}
