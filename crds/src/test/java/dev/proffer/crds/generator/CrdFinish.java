package dev.proffer.crds.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.proffer.crds.ProfferApi;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What the generator cannot say: categories, keyed lists, conditions, open pod templates, bounds of quantities. */
final class CrdFinish {
    /** Long enough for every quantity, short enough that rules on it are cheap for the API server. */
    private static final long QUANTITY_LENGTH = 32;

    private CrdFinish() {}

    static CustomResourceDefinition of(CustomResourceDefinition generated, Class<?> kind) {
        var definition = new CustomResourceDefinitionBuilder(generated)
                .editMetadata()
                .withAnnotations(null)
                .addToLabels("app.kubernetes.io/part-of", "proffer")
                .endMetadata()
                .editSpec()
                .editNames()
                .withCategories(ProfferApi.CATEGORY)
                .endNames()
                .endSpec()
                .build();
        for (var version : definition.getSpec().getVersions()) {
            var root = version.getSchema().getOpenAPIV3Schema();
            root.setRequired(List.of("spec"));
            version.setAdditionalPrinterColumns(asDeclared(version.getAdditionalPrinterColumns(), kind));
            finish("", root);
        }
        return definition;
    }

    /** The generator sorts columns; a reader wants the name's neighbours first. */
    private static List<CustomResourceColumnDefinition> asDeclared(
            List<CustomResourceColumnDefinition> columns, Class<?> kind) {
        var declared = Stream.of(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        return columns.stream()
                .sorted(Comparator.comparingInt(column -> declared.indexOf(column.getName())))
                .toList();
    }

    private static void finish(String name, JSONSchemaProps schema) {
        // A record's annotations are on its field and on its accessor, and the generator reads both.
        schema.setXKubernetesValidations(new ArrayList<>(new LinkedHashSet<>(schema.getXKubernetesValidations())));
        if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
            leaveOpen(schema);
            return;
        }
        if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
            schema.setMaxLength(QUANTITY_LENGTH);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            var items = schema.getItems().getSchema();
            if (name.equals("conditions")) {
                asConditions(schema, items);
            } else {
                keyed(schema, items);
                finish(name, items);
            }
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(CrdFinish::finish);
        }
    }

    /** A pod's schema is ten times all of ours; the API server checks the pod when the operator applies it. */
    private static void leaveOpen(JSONSchemaProps schema) {
        schema.setProperties(Map.of());
        schema.setRequired(List.of());
    }

    /** Lists of objects are keyed, so that several writers can own items of one list and fields can be added. */
    private static void keyed(JSONSchemaProps list, JSONSchemaProps items) {
        if (!"object".equals(items.getType())) {
            list.setXKubernetesListType("string".equals(items.getType()) ? "set" : "atomic");
            return;
        }
        var properties = items.getProperties().keySet();
        var required = items.getRequired() == null ? List.<String>of() : items.getRequired();
        if (properties.containsAll(List.of("kind", "namespace", "name"))) {
            asMap(list, List.of("kind", "namespace", "name"));
            // The generator drops an empty default, and a key needs one.
            property(items.getProperties(), "namespace").setDefault(text(""));
        } else if (required.contains("name")) {
            asMap(list, List.of("name"));
        } else if (required.contains("namespace")) {
            asMap(list, List.of("namespace"));
        } else if (required.contains("id")) {
            asMap(list, List.of("id"));
        } else {
            list.setXKubernetesListType("atomic");
        }
    }

    private static void asMap(JSONSchemaProps list, List<String> keys) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(keys);
    }

    private static void asConditions(JSONSchemaProps list, JSONSchemaProps items) {
        asMap(list, List.of("type"));
        items.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
        var properties = items.getProperties();
        property(properties, "type").setMaxLength(316L);
        property(properties, "reason").setMaxLength(1024L);
        property(properties, "message").setMaxLength(32768L);
        property(properties, "status").setEnum(List.of(text("True"), text("False"), text("Unknown")));
        property(properties, "lastTransitionTime").setFormat("date-time");
        property(properties, "observedGeneration").setFormat("int64");
    }

    private static JSONSchemaProps property(Map<String, JSONSchemaProps> properties, String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    private static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }
}
