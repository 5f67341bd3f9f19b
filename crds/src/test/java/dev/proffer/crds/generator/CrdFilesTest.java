package dev.proffer.crds.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.crds.ProfferApi;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CrdFilesTest {
    private static final Path COMMITTED = Path.of("../kustomize/base/crds");

    /** {@code kubectl apply} stores the object in an annotation, of which the API server takes 256 KiB in all. */
    private static final int APPLY_LIMIT = 256 * 1024;

    private final List<CustomResourceDefinition> definitions = CrdFiles.definitions();

    @Test
    void committedFilesAreFresh() throws IOException {
        for (var file : CrdFiles.texts().entrySet()) {
            assertThat(COMMITTED.resolve(file.getKey()))
                    .as("run `make generate`")
                    .exists()
                    .content(StandardCharsets.UTF_8)
                    .isEqualTo(file.getValue());
        }
        try (var committed = Files.list(COMMITTED)) {
            assertThat(committed
                            .map(file -> file.getFileName().toString())
                            .filter(name -> name.contains(ProfferApi.GROUP)))
                    .containsExactlyInAnyOrderElementsOf(CrdFiles.texts().keySet());
        }
    }

    @Test
    void plainApplyTakesEachOfThem() {
        assertThat(CrdFiles.texts().values()).allMatch(text -> text.length() < APPLY_LIMIT / 2);
    }

    @Test
    void everyKindIsInTheCategory() {
        assertThat(definitions)
                .hasSize(6)
                .allMatch(definition ->
                        definition.getSpec().getNames().getCategories().equals(List.of(ProfferApi.CATEGORY)));
    }

    @Test
    void everyFieldIsExplained() {
        var bare = new ArrayList<String>();
        for (var definition : definitions) {
            var kind = definition.getSpec().getNames().getKind();
            for (var part : List.of("spec", "status")) {
                fields(kind + "." + part, part(definition, part), bare);
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void everyListAndTextIsBounded() {
        var unbounded = new ArrayList<String>();
        for (var definition : definitions) {
            bounds(definition.getSpec().getNames().getKind(), part(definition, "spec"), unbounded);
        }
        assertThat(unbounded).isEmpty();
    }

    private static JSONSchemaProps part(CustomResourceDefinition definition, String part) {
        return Objects.requireNonNull(definition
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getProperties()
                .get(part));
    }

    private static void fields(String path, JSONSchemaProps schema, List<String> bare) {
        schema.getProperties().forEach((name, field) -> {
            if (name.equals("conditions") || Boolean.TRUE.equals(field.getXKubernetesPreserveUnknownFields())) {
                return;
            }
            var here = path + "." + name;
            if (field.getDescription() == null) {
                bare.add(here);
            }
            var inner = field.getItems() == null ? field : field.getItems().getSchema();
            if (inner.getProperties() != null) {
                fields(here, inner, bare);
            }
        });
    }

    private static void bounds(String path, JSONSchemaProps schema, List<String> unbounded) {
        if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
            return;
        }
        boolean text = "string".equals(schema.getType()) && schema.getEnum() == null;
        if ((text && schema.getMaxLength() == null)
                || ("array".equals(schema.getType()) && schema.getMaxItems() == null)) {
            unbounded.add(path);
        }
        if (schema.getItems() != null) {
            bounds(path + "[]", schema.getItems().getSchema(), unbounded);
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, field) -> bounds(path + "." + name, field, unbounded));
        }
    }
}
