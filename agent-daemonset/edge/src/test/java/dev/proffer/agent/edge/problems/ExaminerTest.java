package dev.proffer.agent.edge.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.Capacity;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Resources CONFIGURED = Resources.parse("cpus:4;mem:1024;ports:[20000-31000]");
    private static final Problem READ_ONLY = new Problem.DiskReadOnly(Path.of("/state"));

    private final List<Problem> found = new CopyOnWriteArrayList<>();
    private final List<AgentInput> told = new CopyOnWriteArrayList<>();
    private @Nullable Examiner examiner;

    private void start(Ranges forbiddenPorts) {
        var started = new Examiner("test", CONFIGURED, forbiddenPorts, List.of(() -> List.copyOf(found)), told::add);
        examiner = started;
        started.start();
    }

    @AfterEach
    void stop() {
        if (examiner != null) {
            examiner.close();
        }
    }

    private Capacity latest() {
        return ((AgentInput.CapacityChanged) told.getLast()).capacity();
    }

    private Resources offered() throws InvalidResourceException {
        return ResourceReader.read(latest().resources());
    }

    @Test
    void soundMachineOffersAll() throws InvalidResourceException {
        start(Ranges.of(31_001, 32_767));

        assertThat(offered()).isEqualTo(CONFIGURED);
        assertThat(latest().problems()).isEmpty();
    }

    @Test
    void firstExaminationIsToldBeforeAnythingElse() {
        found.add(READ_ONLY);
        start(Ranges.NONE);

        assertThat(latest().isNothing()).isTrue();
        assertThat(latest().complaint()).isEqualTo("the agent may not write to /state: mount it read-write");
    }

    @Test
    void changesAreToldAndNothingElse() throws InvalidResourceException {
        start(Ranges.NONE);
        found.add(READ_ONLY);
        await().atMost(PATIENCE).until(() -> latest().isNothing());
        found.clear();
        await().atMost(PATIENCE).until(() -> !latest().isNothing());

        assertThat(told).hasSize(3);
        assertThat(offered()).isEqualTo(CONFIGURED);
    }

    @Test
    void severalProblemsEachTakeTheirShare() throws InvalidResourceException {
        found.add(new Problem.HolderTooSmall(OptionalLong.of(500), OptionalLong.empty()));
        start(Ranges.of(30_000, 32_767));

        assertThat(offered()).isEqualTo(Resources.parse("cpus:0.5;mem:1024;ports:[20000-29999]"));
        assertThat(latest().problems())
                .extracting(problem -> problem.getName())
                .containsExactly("HolderTooSmall", "PortsForbidden");
        assertThat(latest().complaint()).contains("30000-31000").doesNotContain("32767");
    }

    @Test
    void journalThatFailsIsTriedAgain(@TempDir Path folder) {
        var fails = new AtomicBoolean(true);
        var tries = new AtomicInteger();
        var check = new DiskCheck(folder, new DiskCheck.Journal() {
            @Override
            public boolean isFailing() {
                return fails.get();
            }

            @Override
            public void retry() {
                tries.incrementAndGet();
            }
        });

        assertThat(check.problems()).containsExactly(new Problem.JournalFailing(folder));
        assertThat(tries).hasValue(1);
        fails.set(false);
        assertThat(check.problems()).isEmpty();
    }

    @Test
    void folderThatIsGoneIsAProblem(@TempDir Path folder) {
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
        var problems = new DiskCheck(folder.resolve("none"), new DiskCheck.Journal() {
                    @Override
                    public boolean isFailing() {
                        return false;
                    }

                    @Override
                    public void retry() {}
                })
                .problems();

        assertThat(problems).singleElement().isInstanceOf(Problem.SetUpFailed.class);
    }
}
