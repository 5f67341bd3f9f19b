package dev.proffer.agent.edge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.LinkId;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.FileContent;
import dev.proffer.protocol.link.FileContent.Outcome;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.FrameworkID;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sandboxes belong to tenants; who reads them is an agent with many rights. */
class SandboxReaderTest {
    @TempDir
    Path root;

    private final BlockingQueue<AgentInput> answers = new LinkedBlockingQueue<>();
    private Path sandbox = Path.of("");

    @BeforeEach
    void aSandbox() throws IOException {
        sandbox = sandboxes()
                .create(new Container(new AgentId("a"), new TaskKey(new FrameworkId("f"), new TaskId("t")), "c"));
        Files.writeString(sandbox.resolve("stdout"), "0123456789");
        Files.writeString(root.resolve("secret"), "not yours");
    }

    @Test
    void aPartIsReadWithTheSizeOfAll() throws Exception {
        var part = read(request("stdout").setOffset(3).setLength(4));
        assertThat(part.getOutcome()).isEqualTo(Outcome.READ);
        assertThat(part.getData().toStringUtf8()).isEqualTo("3456");
        assertThat(part.getSize()).isEqualTo(10);
        assertThat(part.getRequest()).isEqualTo(7);
    }

    @Test
    void beyondTheEndThereIsNothing() throws Exception {
        assertThat(read(request("stdout").setOffset(8).setLength(100)).getData().toStringUtf8())
                .isEqualTo("89");
        var beyond = read(request("stdout").setOffset(Long.MAX_VALUE).setLength(100));
        assertThat(beyond.getOutcome()).isEqualTo(Outcome.READ);
        assertThat(beyond.getData().isEmpty()).isTrue();
    }

    @Test
    void noMoreIsReadAtATimeThanFitsAFrame() throws Exception {
        Files.write(sandbox.resolve("big"), new byte[200_000]);
        assertThat(read(request("big").setLength(-1)).getData().size()).isZero();
        assertThat(read(request("big").setLength(Integer.MAX_VALUE)).getData().size())
                .isEqualTo(65_536);
    }

    @Test
    void foldersBelowAreReadAndAnEarlierRun() throws Exception {
        Files.createDirectories(sandbox.resolve("logs/today"));
        Files.writeString(sandbox.resolve("logs/today/log"), "deep");
        assertThat(read(request("logs/today/log")).getData().toStringUtf8()).isEqualTo("deep");
        assertThat(read(request("stdout").setContainerId("c")).getOutcome()).isEqualTo(Outcome.READ);
        assertThat(read(request("stdout").setContainerId("other")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/etc/passwd",
                "..",
                "../c/stdout",
                "logs/../../c/stdout",
                "./stdout",
                "stdout/",
                "a//b",
                "std\0out"
            })
    void aPathThatCouldLeadElsewhereIsRefused(String path) throws Exception {
        assertThat(read(request(path)).getOutcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void noLinkIsFollowedWhereverItIs() throws Exception {
        Files.createSymbolicLink(sandbox.resolve("stderr"), root.resolve("secret"));
        Files.createSymbolicLink(sandbox.resolve("up"), root);
        Files.createSymbolicLink(sandbox.resolve("self"), Path.of("stdout"));
        assertThat(read(request("stderr")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
        assertThat(read(request("up/secret")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
        assertThat(read(request("self")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    @Test
    void aSandboxThatIsALinkIsNotEntered() throws Exception {
        Files.createSymbolicLink(sandbox.resolveSibling("fake"), root);
        assertThat(read(request("secret").setContainerId("fake")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    /** Opening one would wait for somebody who writes to it. */
    @Test
    void aPipeIsNoPlainFile() throws Exception {
        var made = new ProcessBuilder("mkfifo", sandbox.resolve("pipe").toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThat(read(request("pipe")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
        assertThat(read(request("logs")).getOutcome()).isEqualTo(Outcome.NOT_FOUND);
    }

    @Test
    void idsLeadNowhereElse() throws Exception {
        assertThat(read(request("stdout").setContainerId("../c")).getOutcome()).isEqualTo(Outcome.REFUSED);
        assertThat(read(request("stdout").setExecutorId(ExecutorID.newBuilder().setValue("..")))
                        .getOutcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(read(request("stdout").setExecutorId(ExecutorID.newBuilder().setValue("unknown")))
                        .getOutcome())
                .isEqualTo(Outcome.NOT_FOUND);
    }

    private FileContent read(ReadFile.Builder request) throws InterruptedException {
        new SandboxReader(sandboxes(), answers::add)
                .read(new AgentEffect.ReadSandbox(new LinkId(1), new AgentId("a"), request.build()));
        var answer = (AgentInput.FileRead) Objects.requireNonNull(answers.poll(30, TimeUnit.SECONDS));
        return answer.content();
    }

    private Sandboxes sandboxes() {
        return new Sandboxes(root.resolve("work"));
    }

    private static ReadFile.Builder request(String path) {
        return ReadFile.newBuilder()
                .setRequest(7)
                .setFrameworkId(FrameworkID.newBuilder().setValue("f"))
                .setExecutorId(ExecutorID.newBuilder().setValue("t"))
                .setPath(path)
                .setOffset(0)
                .setLength(1000);
    }
}
