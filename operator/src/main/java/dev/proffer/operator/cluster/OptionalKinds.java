package dev.proffer.operator.cluster;

import dev.proffer.operator.plan.cluster.OptionalKind;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which kinds of other products are installed, and are the operator's to make. Asked anew every minute. */
final class OptionalKinds {
    private static final Duration HOLDS = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    OptionalKinds(KubernetesClient client) {
        this.client = client;
    }

    private record Answer(Set<OptionalKind> kinds, Instant until) {}

    Set<OptionalKind> in(String namespace, Instant now) {
        return answers.compute(
                        namespace,
                        (any, known) -> known != null && known.until().isAfter(now)
                                ? known
                                : new Answer(ask(namespace), now.plus(HOLDS)))
                .kinds();
    }

    private Set<OptionalKind> ask(String namespace) {
        var kinds = EnumSet.noneOf(OptionalKind.class);
        for (var kind : OptionalKind.values()) {
            if (client.hasApiGroup(kind.group(), true) && mayMake(kind, namespace)) {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private boolean mayMake(OptionalKind kind, String namespace) {
        var review = client.resource(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withGroup(kind.group())
                        .withResource(kind.plural())
                        .withNamespace(namespace)
                        .withVerb("create")
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create();
        return review.getStatus().getAllowed();
    }
}
