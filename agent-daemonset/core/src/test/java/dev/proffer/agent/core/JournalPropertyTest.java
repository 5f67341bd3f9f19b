package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of an agent; the seed of one that goes wrong is in the test's name. */
class JournalPropertyTest {
    private static final int EVENTS = 120;

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void compactionReplaysToTheSameState(long seed) {
        var agent = new AgentScenario(seed).register();
        var script = new Script(seed);
        for (int event = 0; event < EVENTS; event++) {
            script.next(agent);
            if (event % 10 == 9) {
                assertSameAfterRestart(agent, seed + event);
            }
        }
    }

    private static void assertSameAfterRestart(AgentScenario agent, long seed) {
        var ofAll = Life.of(agent.journal(), agent, seed);
        var ofCompaction = Life.of(agent.core().journal(), agent, seed);

        assertThat(ofCompaction.effects).isEqualTo(ofAll.effects);
        assertThat(ofCompaction.core.snapshot()).isEqualTo(ofAll.core.snapshot());
        assertThat(ofCompaction.core.journal()).isEqualTo(ofAll.core.journal());
        assertThat(ofCompaction.core.nextDeadline()).isEqualTo(ofAll.core.nextDeadline());
    }

    /** What becomes of a journal when an agent starts over it, finding now this and now that of its tasks. */
    private record Life(AgentCore core, List<AgentEffect> effects) {
        static Life of(List<JournalRecord> journal, AgentScenario before, long seed) {
            var core = new AgentCore(Samples.settings(), new SplittableRandom(seed));
            var found = new TreeMap<TaskKey, Found>();
            var chance = new SplittableRandom(seed);
            before.snapshot().tasks().forEach(task -> found.put(task.key(), anything(chance)));
            var effects = new ArrayList<AgentEffect>();
            effects.addAll(core.recover(before.now(), journal, (key, _) -> Objects.requireNonNull(found.get(key)))
                    .effects());
            effects.addAll(core.apply(before.now().plus(Duration.ofHours(1)), new AgentInput.TimerFired())
                    .effects());
            // Which containers of earlier tasks may still have to be cleared away is all that a compaction forgets.
            return new Life(
                    core,
                    effects.stream().filter(effect -> !isOld(effect, before)).toList());
        }

        private static boolean isOld(AgentEffect effect, AgentScenario before) {
            return effect instanceof AgentEffect.Forget(var _, var container)
                    && before.snapshot().tasks().stream()
                            .noneMatch(task -> task.containerId().equals(container));
        }

        private static Found anything(SplittableRandom chance) {
            return switch (chance.nextInt(4)) {
                case 0 -> new Found.Nothing();
                case 1 -> new Found.Ended(new ExitStatus.Code(chance.nextInt(2)));
                default -> new Found.Running(chance.nextInt(1, 1000));
            };
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void restartingChangesNothingThatTheMasterSees(long seed) {
        var agent = new AgentScenario(seed).register();
        var script = new Script(seed);
        for (int event = 0; event < EVENTS; event++) {
            script.next(agent);
        }

        var next = agent.restarted(new Found.Running(1));

        var before = agent.breakLink().snapshot();
        assertThat(next.snapshot().agentId()).isEqualTo(before.agentId());
        assertThat(next.snapshot().leader()).isEqualTo(before.leader());
        assertThat(next.snapshot().tasks())
                .extracting(AgentSnapshot.TaskView::key)
                .isEqualTo(
                        before.tasks().stream().map(AgentSnapshot.TaskView::key).toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameSeedGivesTheSameLife(long seed) {
        var one = new AgentScenario(seed).register();
        var other = new AgentScenario(seed).register();
        var ofOne = new Script(seed);
        var ofOther = new Script(seed);
        for (int event = 0; event < EVENTS; event++) {
            ofOne.next(one);
            ofOther.next(other);
        }

        assertThat(other.effects()).isEqualTo(one.effects());
        assertThat(other.journal()).isEqualTo(one.journal());
        assertThat(one.effects()).hasSizeGreaterThan(EVENTS / 4);
    }

    /** Events as they come to an agent, sensible and not. */
    private static final class Script {
        private final SplittableRandom chance;

        Script(long seed) {
            this.chance = new SplittableRandom(seed * 31 + 7);
        }

        void next(AgentScenario agent) {
            var framework = "f" + chance.nextInt(3);
            var task = "t" + chance.nextInt(4);
            var key = Samples.key(framework, task);
            switch (chance.nextInt(14)) {
                case 0, 1, 2 -> agent.receive(launch(framework, task));
                case 3, 4 -> agent.apply(new AgentInput.TaskStarted(key, 1));
                case 5 -> agent.apply(new AgentInput.TaskExited(key, exit()));
                case 6 -> agent.apply(new AgentInput.TaskNotStarted(key, "no luck"));
                case 7, 8, 9 -> acknowledge(agent);
                case 10 -> agent.receive(kill(framework, task));
                case 11 -> agent.advance(Duration.ofMillis(chance.nextInt(6_000)));
                case 12 -> agent.breakLink().register();
                default -> rarely(agent, framework);
            }
        }

        private void rarely(AgentScenario agent, String framework) {
            switch (chance.nextInt(4)) {
                case 0 -> agent.receive(Samples.shutDown(framework));
                case 1 -> {
                    if (chance.nextInt(20) == 0) {
                        agent.apply(new AgentInput.EndAllTasks());
                    }
                }
                case 2 ->
                    agent.receive(MasterFrame.newBuilder()
                            .setRefused(Refused.newBuilder().setReason("gone").setPermanent(chance.nextBoolean())));
                default -> {
                    agent.breakLink().connect();
                    agent.welcome(AgentScenario.TERM + chance.nextInt(3), AgentScenario.HOLDER, "s" + chance.nextInt())
                            .confirm(Samples.AGENT);
                }
            }
        }

        private ExitStatus exit() {
            return switch (chance.nextInt(3)) {
                case 0 -> new ExitStatus.Code(chance.nextInt(2));
                case 1 -> new ExitStatus.Signalled(9);
                default -> new ExitStatus.Unknown("gone");
            };
        }

        private MasterFrame.Builder launch(String framework, String task) {
            var info = chance.nextBoolean()
                    ? Samples.framework(framework)
                    : Samples.framework(
                            framework,
                            FrameworkInfo.Capability.Type.TASK_KILLING_STATE,
                            FrameworkInfo.Capability.Type.PARTITION_AWARE);
            var launched = Samples.task(task);
            if (chance.nextInt(4) == 0) {
                launched.setMaxCompletionTime(
                        DurationInfo.newBuilder().setNanoseconds(chance.nextLong(10_000_000_000L)));
            }
            if (chance.nextInt(8) == 0) {
                launched.getCommandBuilder().clearValue();
            }
            return Samples.launch(info, launched);
        }

        private MasterFrame.Builder kill(String framework, String task) {
            var frame = chance.nextBoolean()
                    ? Samples.kill(task)
                    : Samples.kill(task, Duration.ofMillis(chance.nextInt(9_000)));
            frame.getKillTaskBuilder().setFrameworkId(Samples.frameworkId(framework));
            return frame;
        }

        /** Of one of the updates that were sent last. */
        private void acknowledge(AgentScenario agent) {
            var sent = agent.updates();
            if (!sent.isEmpty()) {
                var update = sent.get(Math.max(0, sent.size() - 1 - chance.nextInt(3)));
                agent.receive(Samples.acknowledge(update.getFrameworkId().getValue(), update.getStatus()));
            }
        }
    }
}
