package dev.proffer.testing.kubernetes.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.proffer.testing.kubernetes.TestKubernetes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What each kind takes and refuses, with which words. No rule goes untried. */
class ValidationIT {
    @RegisterExtension
    static final TestKubernetes kubernetes = TestKubernetes.shared();

    private static final String STORED = "stored";
    private static final String NEW = "new";

    @BeforeAll
    static void install() {
        InstalledCrds.on(kubernetes);
    }

    @TestFactory
    Stream<DynamicContainer> examples() {
        return InstalledCrds.KINDS.stream().map(kind -> dynamicContainer(kind, ofKind(kind)));
    }

    private static Stream<DynamicTest> ofKind(String kind) {
        var examples = KindExamples.of(kind);
        var tried = new ArrayList<StatusCause>();
        var refused = Stream.concat(examples.refused().stream(), staleLeaders());
        return Stream.of(
                        Stream.of(dynamicTest("the good object is stored", () -> store(examples))),
                        examples.accepted().stream()
                                .map(change -> dynamicTest("accepts " + change, () -> accepts(examples, change))),
                        refused.map(example -> dynamicTest(
                                "refuses " + example.change(), () -> tried.addAll(refuses(examples, example)))),
                        Stream.of(dynamicTest("no rule goes untried", () -> allTried(kind, tried))))
                .flatMap(tests -> tests);
    }

    private static void store(KindExamples examples) {
        var stored = kubernetes.admin().resource(examples.good(STORED)).create();
        stored.setAdditionalProperty(
                "status", examples.good(STORED).getAdditionalProperties().get("status"));
        kubernetes.admin().resource(stored).updateStatus();
    }

    private static void accepts(KindExamples examples, JsonNode change) {
        kubernetes.admin().resource(examples.changed(NEW, change)).dryRun(true).create();
    }

    /** What the API server complains of; the example's complaint is among it. */
    private static List<StatusCause> refuses(KindExamples examples, KindExamples.Refused example) {
        var exception = catchThrowableOfType(KubernetesClientException.class, () -> send(examples, example));
        assertThat(exception).as("refused").isNotNull();
        assertThat(exception.getStatus().getDetails())
                .as(exception.getMessage())
                .isNotNull();
        var causes = exception.getStatus().getDetails().getCauses();
        assertThat(causes).anySatisfy(cause -> {
            assertThat(cause.getField()).isEqualTo(example.field());
            assertThat(cause.getMessage()).contains(example.error());
        });
        return causes;
    }

    private static void send(KindExamples examples, KindExamples.Refused example) {
        var client = kubernetes.admin();
        if (example.ofStatus()) {
            client.resource(atVersion(examples.changed(STORED, example.change())))
                    .updateStatus();
        } else if (example.update()) {
            client.resource(atVersion(examples.changed(STORED, example.change())))
                    .dryRun(true)
                    .update();
        } else {
            client.resource(examples.changed(NEW, example.change()))
                    .dryRun(true)
                    .create();
        }
    }

    private static GenericKubernetesResource atVersion(GenericKubernetesResource object) {
        var stored = kubernetes.admin().resource(object).get();
        object.getMetadata().setResourceVersion(stored.getMetadata().getResourceVersion());
        return object;
    }

    /** Of every kind alike. */
    private static Stream<KindExamples.Refused> staleLeaders() {
        var stale = JsonNodeFactory.instance.objectNode();
        stale.putObject("status").put("term", 6);
        var dropped = JsonNodeFactory.instance.objectNode();
        dropped.putObject("status").putNull("term");
        return Stream.of(
                new KindExamples.Refused(
                        stale,
                        true,
                        "status.term",
                        "this term is over: the leader of a later one wrote here; only the present leader may"),
                new KindExamples.Refused(dropped, true, "status", "term must stay: keep it, or write a higher one"));
    }

    private static void allTried(String kind, List<StatusCause> tried) throws Exception {
        var file = InstalledCrds.files().resolve(plural(kind) + ".proffer.dev.yaml");
        var definition = Serialization.unmarshal(Files.readString(file), JsonNode.class);
        assertThat(Rule.allOf(definition))
                .isNotEmpty()
                .filteredOn(rule -> tried.stream().noneMatch(rule::complains))
                .as("rules that no example breaks")
                .isEmpty();
    }

    private static String plural(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }
}
