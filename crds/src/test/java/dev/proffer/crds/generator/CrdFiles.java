package dev.proffer.crds.generator;

import dev.proffer.crds.agent.Agent;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CRDs as files. */
public final class CrdFiles {
    static final List<Class<? extends HasMetadata>> KINDS =
            List.of(Agent.class, Framework.class, ProfferCluster.class, Quota.class, Reservation.class, Role.class);

    private CrdFiles() {}

    /** Writes all of them into the folder that is the only argument. */
    public static void main(String[] arguments) throws IOException {
        for (var file : texts().entrySet()) {
            Files.writeString(Path.of(arguments[0]).resolve(file.getKey()), file.getValue());
        }
    }

    /** Texts by file name. */
    static SortedMap<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (var definition : definitions()) {
            var text = Serialization.asYaml(definition);
            texts.put(definition.getMetadata().getName() + ".yaml", text.endsWith("\n") ? text : text + "\n");
        }
        return texts;
    }

    static List<CustomResourceDefinition> definitions() {
        var output = new InMemory();
        new CRDGenerator()
                .customResourceClasses(KINDS)
                .forCRDVersions("v1")
                .withOutput(output)
                .generate();
        return output.contents.values().stream()
                .map(bytes ->
                        Serialization.unmarshal(bytes.toString(StandardCharsets.UTF_8), CustomResourceDefinition.class))
                .map(definition -> CrdFinish.of(definition, kindOf(definition)))
                .toList();
    }

    private static Class<?> kindOf(CustomResourceDefinition definition) {
        return KINDS.stream()
                .filter(kind -> HasMetadata.getFullResourceName(kind)
                        .equals(definition.getMetadata().getName()))
                .findFirst()
                .orElseThrow();
    }

    private static final class InMemory implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
        private final SortedMap<String, ByteArrayOutputStream> contents = new TreeMap<>();

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return contents.computeIfAbsent(crdName, _ -> new ByteArrayOutputStream());
        }

        @Override
        public void close() throws IOException {
            for (OutputStream content : contents.values()) {
                content.close();
            }
        }
    }
}
