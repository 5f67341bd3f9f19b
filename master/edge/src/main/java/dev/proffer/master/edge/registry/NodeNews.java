package dev.proffer.master.edge.registry;

import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.registry.NodeLabels;
import dev.proffer.master.core.registry.NodeState;
import io.fabric8.kubernetes.api.model.Node;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tells the master what it has not heard of Nodes: labels; cordoned, deleted, and back to usual. Any thread. */
final class NodeNews {
    /** Of Nodes that were deleted so many are remembered; of older ones it is not told if they come back. */
    private static final int DELETED_AT_MOST = 10_000;

    private final RegistryQueue queue;
    private final Map<String, Known> present = new HashMap<>();
    private final LinkedHashSet<String> deleted = new LinkedHashSet<>();

    private record Known(String uid, boolean cordoned, NodeLabels labels) {}

    NodeNews(RegistryQueue queue) {
        this.queue = queue;
    }

    synchronized void present(Node node) {
        var name = node.getMetadata().getName();
        boolean cordoned =
                node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
        var labels = labels(node);
        var before = present.put(name, new Known(node.getMetadata().getUid(), cordoned, labels));
        if (before == null || !before.labels.equals(labels)) {
            queue.tell(new RegistryQueue.Subject.Labels(name), new MasterInput.NodeLabelled(name, labels));
        }
        boolean wasSpecial = deleted.remove(name) || (before != null && before.cordoned);
        if (cordoned || wasSpecial) {
            tell(name, new NodeState(cordoned, /* deleted= */ false));
        }
    }

    private static NodeLabels labels(Node node) {
        var labels = node.getMetadata().getLabels();
        return labels == null || labels.isEmpty() ? NodeLabels.NONE : new NodeLabels(new TreeMap<>(labels));
    }

    void gone(Node node) {
        missing(node.getMetadata().getName());
    }

    /** Now, or while nobody looked. */
    synchronized void missing(String name) {
        present.remove(name);
        if (deleted.add(name)) {
            tell(name, new NodeState(/* cordoned= */ false, /* deleted= */ true));
            if (deleted.size() > DELETED_AT_MOST) {
                deleted.removeFirst();
            }
        }
    }

    /** Empty if there is no Node of that name. */
    synchronized Optional<String> uid(String name) {
        return Optional.ofNullable(present.get(name)).map(Known::uid);
    }

    private void tell(String name, NodeState state) {
        queue.tell(new RegistryQueue.Subject.Node(name), new MasterInput.NodeChanged(name, state));
    }
}
