package dev.proffer.master.edge.election;

import dev.proffer.crds.cluster.ProfferCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Term and leader in the status of a ProfferCluster, written at its resource version; whatever else the status says, known
 * here or not, stays. A cluster that does not exist keeps nothing, and stops nobody. Confined to one thread.
 */
final class ClusterTermStore implements TermStore {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterTermStore.class);
    private static final String STATUS = "status";
    private static final String TERM = "term";
    private static final String LEADER = "leader";

    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private boolean missed;

    ClusterTermStore(KubernetesClient client, String namespace, String name) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    @Override
    public ElectionInput read() {
        return answerOf(() -> {
            var cluster = clusters().withName(name).get();
            return cluster == null ? absent() : kept(cluster);
        });
    }

    @Override
    public ElectionInput store(long term, String holder) {
        return answerOf(() -> {
            var cluster = clusters().withName(name).get();
            if (cluster == null) {
                absent();
                return new ElectionInput.TermStored(term);
            }
            var kept = kept(cluster);
            boolean anothers = kept.term() == term && !kept.holder().equals(holder);
            if (kept.term() > term || anothers) {
                return kept;
            }
            if (kept.term() < term) {
                cluster.setAdditionalProperty(STATUS, with(statusOf(cluster), term, holder));
                clusters().resource(cluster).updateStatus();
            }
            return new ElectionInput.TermStored(term);
        });
    }

    private static Map<String, Object> with(Map<String, Object> status, long term, String holder) {
        var changed = new LinkedHashMap<>(status);
        changed.put(TERM, term);
        changed.put(LEADER, holder);
        return changed;
    }

    private ElectionInput absent() {
        if (!missed) {
            missed = true;
            LOG.warn("there is no ProfferCluster {} in namespace={}: only the Lease keeps the term", name, namespace);
        }
        return new ElectionInput.TermRead(0, "");
    }

    private static ElectionInput.TermRead kept(GenericKubernetesResource cluster) {
        var status = statusOf(cluster);
        long term = status.get(TERM) instanceof Number number ? Math.max(0, number.longValue()) : 0;
        return new ElectionInput.TermRead(term, status.get(LEADER) instanceof String leader ? leader : "");
    }

    private static Map<String, Object> statusOf(GenericKubernetesResource cluster) {
        var status = new LinkedHashMap<String, Object>();
        if (cluster.getAdditionalProperties().get(STATUS) instanceof Map<?, ?> fields) {
            fields.forEach((field, value) -> status.put(String.valueOf(field), value));
        }
        return status;
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            clusters() {
        return client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(ProfferCluster.class))
                .inNamespace(namespace);
    }

    /** A write that was overtaken, or that the API server holds to be stale, is tried again after another look. */
    private static ElectionInput answerOf(Supplier<ElectionInput> request) {
        try {
            return request.get();
        } catch (KubernetesClientException problem) {
            var why = problem.getCode() == HttpURLConnection.HTTP_CONFLICT ? "it was overtaken" : problem.getMessage();
            return new ElectionInput.TermUnanswered(String.valueOf(why));
        }
    }
}
