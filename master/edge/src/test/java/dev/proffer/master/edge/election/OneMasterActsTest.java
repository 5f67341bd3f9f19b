package dev.proffer.master.edge.election;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.MasterInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Elections and authorities of several masters among agents that obey as the agent's link says, under clocks that drift, while
 * everything fails: at most one master acts at any time. A seed that breaks it is named.
 */
class OneMasterActsTest {
    private static final int MASTERS = 3;
    private static final long MILLI = 1_000_000L;
    private static final long STEP = 100 * MILLI;
    private static final long PING = 5_000 * MILLI;
    private static final int STEPS = 6_000;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void whateverFails(long block) {
        int acted = 0;
        int handedOver = 0;
        int carried = 0;
        int resigned = 0;
        for (long seed = block * 50; seed < (block + 1) * 50; seed++) {
            var world = new World(seed);
            world.run();
            acted += world.actingSteps > 0 ? 1 : 0;
            handedOver += world.lastTermActed > 1 ? 1 : 0;
            carried += world.carriedSteps > 0 ? 1 : 0;
            resigned += world.resignations > 0 ? 1 : 0;
        }
        assertThat(acted).as("runs in which somebody acted").isGreaterThan(45);
        assertThat(handedOver).as("runs in which more than one master did").isGreaterThan(20);
        assertThat(carried).as("runs in which agents carried a master").isGreaterThan(10);
        assertThat(resigned).as("runs in which agents told a master of another").isGreaterThan(3);
    }

    private static final class World {
        final long seed;
        final SplittableRandom chance;
        final PriorityQueue<Event> events = new PriorityQueue<>();
        final List<Master> masters = new ArrayList<>();
        final List<Agent> agents = new ArrayList<>();
        final TreeMap<AgentId, RegisteredAgent> registry = new TreeMap<>();
        final Api api = new Api();
        final boolean[][] parted;
        long time;
        long sequence;
        int incarnations;
        int actingSteps;
        int carriedSteps;
        int resignations;
        long lastTermActed;

        record Event(long at, long sequence, Runnable what) implements Comparable<Event> {
            @Override
            public int compareTo(Event other) {
                return at != other.at ? Long.compare(at, other.at) : Long.compare(sequence, other.sequence);
            }
        }

        World(long seed) {
            this.seed = seed;
            this.chance = new SplittableRandom(seed);
            int size = 1 + chance.nextInt(7);
            this.parted = new boolean[size][MASTERS];
            for (int i = 0; i < size; i++) {
                var agent = new Agent(i);
                agents.add(agent);
                registry.put(agent.id, registered(agent.id));
            }
            for (int i = 0; i < MASTERS; i++) {
                masters.add(new Master(i));
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                time += STEP;
                disturb();
                while (!events.isEmpty() && events.peek().at <= time) {
                    events.remove().what.run();
                }
                for (var agent : agents) {
                    agent.step();
                }
                for (var master : masters) {
                    master.step();
                }
                check();
            }
        }

        void later(long most, Runnable what) {
            events.add(new Event(time + chance.nextLong(most), sequence++, what));
        }

        /** About one disturbance in two seconds, and a calm half of the time. */
        void disturb() {
            boolean calm = time / (30_000 * MILLI) % 2 == 1;
            if (chance.nextInt(calm ? 200 : 20) > 0) {
                return;
            }
            var master = masters.get(chance.nextInt(MASTERS));
            int agent = chance.nextInt(agents.size());
            switch (chance.nextInt(12)) {
                case 0, 1 -> master.cutOff = !master.cutOff;
                case 2 -> api.silent = !api.silent;
                case 3 -> parted[agent][master.index] = !parted[agent][master.index];
                case 4 -> {
                    for (int i = 0; i < agents.size(); i++) {
                        parted[i][master.index] = chance.nextBoolean();
                    }
                }
                case 5 -> master.pausedUntil = time + chance.nextLong(40_000) * MILLI;
                case 6 -> api.lease = null;
                case 7 -> agents.get(agent).restart();
                case 8 -> masters.set(master.index, new Master(master.index));
                case 9 -> master.stop();
                case 10 -> {
                    master.cutOff = false;
                    api.silent = false;
                }
                default -> {
                    for (int i = 0; i < agents.size(); i++) {
                        parted[i][master.index] = false;
                    }
                }
            }
        }

        void check() {
            var acting = masters.stream().filter(Master::acts).toList();
            assertThat(acting)
                    .as("seed %d at %d ms: %s", seed, time / MILLI, acting)
                    .hasSizeLessThan(2);
            acting.forEach(master -> {
                actingSteps++;
                lastTermActed = Math.max(lastTermActed, master.term);
                carriedSteps += master.authority().isDoubtful(master.now()) ? 1 : 0;
            });
        }

        static RegisteredAgent registered(AgentId id) {
            var info = AgentInfo.newBuilder()
                    .setHostname("h")
                    .setId(AgentID.newBuilder().setValue(id.value()));
            return new RegisteredAgent(
                    id,
                    info.build(),
                    Optional.empty(),
                    "1",
                    dev.proffer.master.core.registry.Standing.ADMITTED,
                    Instant.EPOCH,
                    Optional.empty(),
                    AgentPolicy.NONE,
                    NodeState.USUAL);
        }

        /** As {@code agent-daemonset/core} keeps to it. */
        private final class Agent {
            final int index;
            AgentId id;
            final double speed = 1 + (chance.nextDouble() - 0.5) / 110;

            @Nullable
            TermHolder accepted;

            boolean over;

            /** Whether that is on disk; and how long ago, as it says there, anybody earlier was acknowledged. */
            boolean keptOver;

            long keptAge;
            long acknowledged;
            long earlier = Long.MIN_VALUE;

            @Nullable
            Master link;

            long session;
            long nextDial;

            Agent(int index) {
                this.index = index;
                this.id = new AgentId("m0-S" + index);
            }

            long clock() {
                return (long) (time * speed);
            }

            void restart() {
                link = null;
                session++;
                over = keptOver;
                acknowledged = clock();
                boolean allOver = accepted == null || (over && keptAge == Long.MAX_VALUE);
                earlier = allOver ? Long.MIN_VALUE : clock() - (over ? keptAge : 0);
            }

            /** What it says there may never reach the disk. */
            void toldThatItIsOver() {
                over = true;
                keptOver = chance.nextInt(4) > 0;
                keptAge = earlier == Long.MIN_VALUE ? Long.MAX_VALUE : clock() - earlier;
                link = null;
                session++;
            }

            void step() {
                if (link != null && (parted[index][link.index] || !link.hasTerm(session(link)))) {
                    link = null; // Sooner or later it notices.
                }
                if (time < nextDial) {
                    return;
                }
                nextDial = time + (link == null ? chance.nextLong(2_000) : 10_000) * MILLI;
                var found = masters.get(chance.nextInt(MASTERS));
                boolean reached = !parted[index][found.index] && found.authority != null && !found.isPaused();
                if (reached && (link == null || found.term > link.term)) {
                    var left = link;
                    if (left != null && !left.isPaused()) {
                        left.leftBy(id, found.holder());
                    }
                    register(found);
                }
            }

            long session(Master master) {
                return master.term;
            }

            void register(Master master) {
                var leader = master.holder();
                link = null;
                session++;
                var obeyed = accepted;
                if (obeyed != null
                        && (leader.getTerm() < obeyed.getTerm()
                                || (leader.getTerm() == obeyed.getTerm() && !leader.equals(obeyed))
                                || (over && leader.equals(obeyed)))) {
                    master.told(obeyed);
                    master.leftBy(id, obeyed);
                    return;
                }
                var hello = hello();
                long freeAt = master.authority().freeAt(master.now(), hello);
                long welcomedAt = master.now().nanos();
                var authority = master.authority();
                if (!leader.equals(accepted)) {
                    if (accepted != null && !over) {
                        earlier = Math.max(earlier, acknowledged);
                    }
                    accepted = leader;
                }
                over = false;
                keptOver = false;
                acknowledged = clock();
                if (chance.nextInt(4) == 0) {
                    return; // It is on disk, and the inventory is lost.
                }
                link = master;
                authority.accepted(id, freeAt, welcomedAt);
                if (!registry.containsKey(id)) {
                    master.admit(registered(id));
                }
            }

            Hello hello() {
                var hello = Hello.newBuilder()
                        .setInfo(AgentInfo.newBuilder().setHostname("h"))
                        .setVersion("1")
                        .setBootId("b");
                if (accepted != null) {
                    hello.setAccepted(accepted);
                    if (over) {
                        hello.setAcceptedIsOver(true);
                    } else {
                        hello.setAcknowledgedNanosAgo(clock() - acknowledged);
                    }
                }
                if (earlier != Long.MIN_VALUE) {
                    hello.setEarlierAcknowledgedNanosAgo(clock() - earlier);
                }
                return hello.build();
            }

            /** The ping arrives some time after it was sent, and so does the answer. */
            void pinged(Master by, Authority authority, long sentAt) {
                long pingedSession = session;
                later(3_000 * MILLI, () -> {
                    if (link == by && session == pingedSession && !parted[index][by.index]) {
                        acknowledged = clock();
                        later(20_000 * MILLI, () -> authority.acknowledged(id, sentAt));
                    }
                });
            }
        }

        private final class Master {
            final int index;
            final String name;
            final ElectionCore core;
            final double speed = 1 + (chance.nextDouble() - 0.5) / 110;

            @Nullable
            Authority authority;

            long term;
            long leaseUntil = Long.MIN_VALUE;
            long pausedUntil;
            long nextPing;
            boolean cutOff;

            Master(int index) {
                this.index = index;
                this.name = "master-" + index + "_" + incarnations++;
                this.core = new ElectionCore(ElectionSettings.of(name, name + ":5050"));
            }

            @Override
            public String toString() {
                return name + " in term " + term;
            }

            Moment now() {
                return new Moment((long) (time * speed), Instant.EPOCH);
            }

            TermHolder holder() {
                return TermHolder.newBuilder().setTerm(term).setHolder(name).build();
            }

            Authority authority() {
                return Optional.ofNullable(authority).orElseThrow();
            }

            boolean isPaused() {
                return time < pausedUntil;
            }

            boolean hasTerm(long wanted) {
                return authority != null && term == wanted;
            }

            boolean acts() {
                if (isPaused() || authority == null || now().reached(core.actsUntil())) {
                    return false;
                }
                authority().judge(now());
                return authority().isActing();
            }

            void step() {
                if (isPaused() || core.isOver() || gaveWay()) {
                    return;
                }
                if (core.nextDeadline() <= now().nanos()) {
                    feed(new ElectionInput.TimePassed());
                }
                if (authority != null && time >= nextPing) {
                    nextPing = time + PING;
                    agents.stream()
                            .filter(agent -> agent.link == this)
                            .forEach(agent -> agent.pinged(this, authority(), now().nanos()));
                }
            }

            /** Each write takes effect some time, if at all, and its answer may never come. */
            void admit(RegisteredAgent agent) {
                var mine = authority();
                mine.judge(now());
                if (!mine.mayWrite(now())) {
                    return;
                }
                mine.writing(new MasterEffect.StoreAgent(agent));
                later(30_000 * MILLI, () -> {
                    if (chance.nextInt(4) > 0) {
                        registry.put(agent.id(), agent);
                        later(5_000 * MILLI, () -> {
                            if (chance.nextBoolean()) {
                                mine.stored(agent);
                            }
                        });
                    }
                });
            }

            void leftBy(AgentId agent, TermHolder successor) {
                Optional.ofNullable(authority).ifPresent(mine -> mine.departed(agent, successor));
            }

            /** The process exits, and its pod starts another. */
            boolean gaveWay() {
                if (isPaused() || authority == null) {
                    return false;
                }
                authority().judge(now());
                if (authority().successor(now()).isEmpty()) {
                    return false;
                }
                resignations++;
                masters.set(index, new Master(index));
                return true;
            }

            void told(TermHolder seen) {
                if (!core.isOver()) {
                    feed(new ElectionInput.TermSeen(seen.getTerm(), seen.getHolder()));
                }
            }

            /** In order: the term ends, agents that can be told are told, then the Lease is released. */
            void stop() {
                if (isPaused()) {
                    return;
                }
                endTerm();
                if (!core.isOver()) {
                    feed(new ElectionInput.Stop());
                }
            }

            void endTerm() {
                var ended = holder();
                if (authority != null) {
                    agents.stream()
                            .filter(agent -> agent.link == this && !parted[agent.index][index])
                            .filter(agent -> ended.equals(agent.accepted))
                            .forEach(Agent::toldThatItIsOver);
                }
                authority = null;
            }

            void begin(long number) {
                endTerm();
                term = number;
                var fresh = new Authority(new Leadership(number, name, "c", "m", MasterInfo.getDefaultInstance()));
                fresh.leaseConfirmed(leaseUntil);
                fresh.registryRead(List.copyOf(registry.values()));
                authority = fresh;
            }

            void feed(ElectionInput input) {
                for (var action : core.apply(now(), input)) {
                    switch (action) {
                        case ElectionAction.Confirm(var until) -> {
                            leaseUntil = until;
                            Optional.ofNullable(authority).ifPresent(mine -> mine.leaseConfirmed(until));
                        }
                        case ElectionAction.Report(var standing) -> {
                            switch (standing) {
                                case Standing.Leading leading -> begin(leading.term());
                                case Standing.Following _ -> {}
                                case Standing.Lost _ -> authority = null;
                            }
                        }
                        case ElectionAction.ReadTerm(), ElectionAction.StoreTerm _
                        when cutOff || api.silent -> feed(new ElectionInput.TermUnanswered("silent"));
                        case ElectionAction.Read(), ElectionAction.Create _, ElectionAction.Replace _
                        when cutOff || api.silent -> feed(new ElectionInput.Unanswered("silent"));
                        case ElectionAction.Read() -> feed(api.read());
                        case ElectionAction.Create(var claim) -> feed(lossy(api.write(claim, api.lease == null)));
                        case ElectionAction.Replace(var version, var claim) ->
                            feed(lossy(api.write(
                                    claim,
                                    api.lease != null && api.lease.version().equals(version))));
                        case ElectionAction.ReadTerm() ->
                            feed(new ElectionInput.TermRead(api.storedTerm, api.storedHolder));
                        case ElectionAction.StoreTerm(var number) -> feed(api.store(number, name));
                    }
                }
            }

            ElectionInput lossy(ElectionInput answer) {
                return chance.nextInt(20) == 0 ? new ElectionInput.Unanswered("the answer was lost") : answer;
            }
        }
    }

    /** The API server's part: what is written at a version, is compared. */
    private static final class Api {
        @Nullable
        LeaseRecord lease;

        boolean silent;
        long storedTerm;
        String storedHolder = "";
        private int writes;

        ElectionInput read() {
            return lease == null ? new ElectionInput.Absent() : new ElectionInput.Found(lease);
        }

        ElectionInput write(LeaseClaim claim, boolean asCompared) {
            if (!asCompared) {
                return new ElectionInput.Conflict();
            }
            writes++;
            var written = new LeaseRecord(
                    "v" + writes,
                    claim.holder(),
                    Duration.ofSeconds(15),
                    claim.term(),
                    claim.address(),
                    "at " + writes);
            lease = written;
            return new ElectionInput.Written(written);
        }

        ElectionInput store(long term, String holder) {
            if (storedTerm > term || (storedTerm == term && !storedHolder.equals(holder))) {
                return new ElectionInput.TermRead(storedTerm, storedHolder);
            }
            storedTerm = term;
            storedHolder = holder;
            return new ElectionInput.TermStored(term);
        }
    }
}
