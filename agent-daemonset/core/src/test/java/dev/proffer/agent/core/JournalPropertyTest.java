package dev.proffer.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.core.journal.RememberedTask;
import dev.proffer.protocol.journal.JournalRecord;
import dev.proffer.protocol.journal.KillIntent;
import dev.proffer.protocol.journal.LaunchIntent;
import dev.proffer.protocol.journal.TermEnded;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of an agent, restarts and failing disks included; the seed of one that goes wrong is in the test's name. */
class JournalPropertyTest {
    private static final int EVENTS = 150;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void journalThatIsCompactedAtAnyMomentReplaysToTheSameState(long seed) {
        var life = new RandomLife(seed);
        var ends = new ArrayList<Integer>();
        for (int event = 0; event < EVENTS; event++) {
            life.step();
            ends.add(life.agent().onDisk.size());
        }
        var whole = life.agent().onDisk;
        var expected = State.of(replay(whole));

        var chance = new SplittableRandom(seed);
        for (int sample = 0; sample < 20; sample++) {
            int end = ends.get(chance.nextInt(ends.size()));
            var compacted = new ArrayList<>(replay(whole.subList(0, end)).records());
            compacted.addAll(whole.subList(end, whole.size()));

            assertThat(State.of(replay(compacted)))
                    .as("compacted after %s records", end)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agentStartsOnACompactedJournalAsOnTheWhole(long seed) {
        var life = new RandomLife(seed);
        for (int event = 0; event < EVENTS; event++) {
            life.step();
        }
        var onWhole = life.agent().restarted("boot-1", Duration.ofMinutes(1)).started();
        var compacted = replay(life.agent().onDisk).records();
        life.agent().onDisk.clear();
        life.agent().onDisk.addAll(compacted);
        var onCompacted =
                life.agent().restarted("boot-1", Duration.ofMinutes(1)).started();

        assertThat(onCompacted.effects).isEqualTo(onWhole.effects);
        assertThat(onCompacted.snapshot()).isEqualTo(onWhole.snapshot());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sameSeedGivesTheSameLife(long seed) {
        var one = new RandomLife(seed);
        var other = new RandomLife(seed);
        for (int event = 0; event < EVENTS; event++) {
            one.step();
            other.step();
        }

        assertThat(other.agent().effects).isEqualTo(one.agent().effects);
        assertThat(other.agent().onDisk).isEqualTo(one.agent().onDisk).hasSizeGreaterThan(3);
    }

    private static AgentMemory replay(List<JournalRecord> records) {
        var memory = new AgentMemory();
        records.forEach(memory::apply);
        return memory;
    }

    /** All that an agent takes from its memory, comparable. */
    private record State(
            Optional<AgentID> agent,
            Optional<TermHolder> accepted,
            Optional<TermEnded> ended,
            Optional<String> cluster,
            SequencedMap<?, AgentMemory.RememberedFramework> frameworks,
            SequencedMap<TaskKey, Remembered> tasks) {

        record Remembered(
                LaunchIntent intent, Optional<KillIntent> kill, Optional<TaskStatus> last, List<TaskStatus> waiting) {
            static Remembered of(RememberedTask task) {
                return new Remembered(task.intent(), task.kill(), task.lastAcknowledged(), task.unacknowledged());
            }
        }

        static State of(AgentMemory memory) {
            var tasks = new TreeMap<TaskKey, Remembered>();
            memory.tasks().forEach((key, task) -> tasks.put(key, Remembered.of(task)));
            return new State(
                    memory.agentId(),
                    memory.accepted(),
                    memory.ended(),
                    memory.clusterUid(),
                    new TreeMap<>(memory.frameworks()),
                    tasks);
        }
    }
}
