package dev.proffer.agent.edge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxesTest {
    @TempDir
    Path root;

    @Test
    void laysSandboxesOutAsMesosDoes() throws IOException {
        var sandbox = new Sandboxes(root).create(container("m1-S0", "f1", "t1", "c1"));

        assertThat(sandbox)
                .isEqualTo(root.resolve("slaves/m1-S0/frameworks/f1/executors/t1/runs/c1"))
                .isDirectory();
        assertThat(Files.readSymbolicLink(sandbox.resolveSibling("latest"))).isEqualTo(Path.of("c1"));
    }

    @Test
    void linksTheLatestRun() throws IOException {
        var sandboxes = new Sandboxes(root);
        sandboxes.create(container("a", "f", "t", "c1"));
        var second = sandboxes.create(container("a", "f", "t", "c2"));
        Files.writeString(second.resolve("stdout"), "kept");
        sandboxes.create(container("a", "f", "t", "c2"));

        assertThat(second.resolveSibling("latest").toRealPath()).isEqualTo(second.toRealPath());
        assertThat(second.resolveSibling("c1")).isDirectory();
        assertThat(second.resolve("stdout")).hasContent("kept");
        assertThat(second.resolveSibling("latest.next")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../x", "a/b", "/etc", "a\0b"})
    void refusesNamesThatLeadElsewhere(String name) throws IOException {
        var sandboxes = new Sandboxes(root.resolve("state"));

        assertThatThrownBy(() -> sandboxes.create(container(name, "f", "t", "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sandboxes.create(container("a", name, "t", "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sandboxes.create(container("a", "f", name, "c")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sandboxes.create(container("a", "f", "t", name)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(root).isEmptyDirectory();
    }

    private static Container container(String agent, String framework, String task, String id) {
        return new Container(new AgentId(agent), new TaskKey(new FrameworkId(framework), new TaskId(task)), id);
    }
}
