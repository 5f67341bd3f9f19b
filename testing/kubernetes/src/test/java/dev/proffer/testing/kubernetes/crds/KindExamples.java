package dev.proffer.testing.kubernetes.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A good object of a kind, and changes that make another good or a bad one of it: from {@code crds/<kind>.yaml}. */
final class KindExamples {
    private final String kind;
    private final JsonNode examples;

    private KindExamples(String kind, JsonNode examples) {
        this.kind = kind;
        this.examples = examples;
    }

    /**
     * A change that is refused.
     *
     * @param change a JSON merge patch over the good object
     * @param update whether the good object is there already
     */
    record Refused(JsonNode change, boolean update, String field, String error) {
        boolean ofStatus() {
            return change.has("status");
        }
    }

    static KindExamples of(String kind) {
        try (var file = KindExamples.class.getResourceAsStream("/crds/" + kind + ".yaml")) {
            var text = Objects.requireNonNull(file, "crds/" + kind + ".yaml");
            return new KindExamples(kind, Serialization.unmarshal(text, JsonNode.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The good object. */
    GenericKubernetesResource good(String name) {
        return changed(name, JsonNodeFactory.instance.objectNode());
    }

    GenericKubernetesResource changed(String name, JsonNode change) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", InstalledCrds.API_VERSION).put("kind", kind);
        object.putObject("metadata").put("name", name);
        object.set("spec", examples.required("good").deepCopy());
        object.set("status", goodStatus());
        merge(object, change);
        return Serialization.unmarshal(object.toString(), GenericKubernetesResource.class);
    }

    /** A status that the leader of term 7 wrote. */
    private ObjectNode goodStatus() {
        return examples.has("status")
                ? examples.required("status").deepCopy()
                : JsonNodeFactory.instance.objectNode().put("term", 7);
    }

    List<JsonNode> accepted() {
        return elements("accepted");
    }

    List<Refused> refused() {
        return elements("refused").stream()
                .map(example -> new Refused(
                        ((ObjectNode) example.deepCopy()).retain("spec", "status"),
                        example.path("update").asBoolean(),
                        example.required("field").asText(),
                        example.required("error").asText()))
                .toList();
    }

    private List<JsonNode> elements(String name) {
        var elements = new ArrayList<JsonNode>();
        examples.required(name).forEach(elements::add);
        return elements;
    }

    /** RFC 7386. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                var there = target.get(field.getKey());
                merge(there instanceof ObjectNode object ? object : target.putObject(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }
}
