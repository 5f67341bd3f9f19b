package dev.proffer.operator.plan.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays a template over another as a strategic merge does: objects are merged, lists with a key element by element, other
 * lists and values are replaced.
 */
public final class Overlay {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The keys of a pod's lists, as Kubernetes' own merge has them. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("volumes", "name"),
            Map.entry("env", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("ports", "containerPort"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("resourceClaims", "name"));

    private Overlay() {}

    /** {@code base} with {@code over} laid over it. Neither is changed. */
    public static PodTemplateSpec over(PodTemplateSpec base, @Nullable PodTemplateSpec over) {
        if (over == null) {
            return base;
        }
        var merged = merge(JSON.valueToTree(base), JSON.valueToTree(over));
        return JSON.convertValue(merged, PodTemplateSpec.class);
    }

    private static JsonNode merge(JsonNode base, JsonNode over) {
        if (!(base instanceof ObjectNode under) || !over.isObject()) {
            return over;
        }
        var merged = under.deepCopy();
        for (var field : over.properties()) {
            var name = field.getKey();
            var before = merged.get(name);
            merged.set(name, before == null ? field.getValue() : merge(name, before, field.getValue()));
        }
        return merged;
    }

    private static JsonNode merge(String name, JsonNode base, JsonNode over) {
        var key = KEYS.get(name);
        return key != null && base instanceof ArrayNode under && over instanceof ArrayNode upper
                ? mergeByKey(key, under, upper)
                : merge(base, over);
    }

    private static ArrayNode mergeByKey(String key, ArrayNode base, ArrayNode over) {
        var merged = base.deepCopy();
        for (var element : over) {
            indexOf(key, merged, element)
                    .ifPresentOrElse(
                            index -> merged.set(index, merge(merged.get(index), element)), () -> merged.add(element));
        }
        return merged;
    }

    private static Optional<Integer> indexOf(String key, ArrayNode list, JsonNode element) {
        for (int i = 0; i < list.size(); i++) {
            if (Objects.equals(list.get(i).get(key), element.get(key))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }
}
