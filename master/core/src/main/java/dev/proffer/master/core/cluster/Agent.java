package dev.proffer.master.core.cluster;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.registry.NodeState;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.AgentId;
import dev.proffer.model.Attribute;
import dev.proffer.model.FaultDomain;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.OfferId;
import dev.proffer.model.Resources;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.v1.AgentInfo;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A registered agent, connected or not, with its tasks and offers. */
public final class Agent {
    /** Older pings are not worth an answer any more. */
    private static final int PING_TIMES = 4;

    private final AgentId id;
    private final Instant registeredAt;
    private final LinkedHashMap<TaskKey, Task> tasks = new LinkedHashMap<>();
    private final LinkedHashMap<OfferId, OfferSnapshot> offers = new LinkedHashMap<>();
    private final Prospects prospects = new Prospects(this::touched);
    private Profile said;
    private List<Attribute> nodeAttributes = List.of();
    private @Nullable FaultDomain nodeDomain;
    private Profile profile;
    private ReservedParts reservedParts = ReservedParts.NONE;
    private @Nullable LinkId link;
    private @Nullable Instant reregisteredAt;
    private final long[] pingTimes = new long[PING_TIMES];
    private long pings;
    private int unanswered;
    private long releases;
    private @Nullable AgentSnapshot snapshot;

    private record TaskKey(FrameworkId framework, TaskId task) {}

    /**
     * What an agent is described by.
     *
     * @param info with its id
     * @param pool that it belongs to; an empty name if it is of none, nothing if it did not say
     * @param ip of its machine, if it knows
     * @param address with the port
     * @param total all that it has
     * @param problems what keeps it from having more
     * @param description what the allocator chooses by
     */
    public record Profile(
            AgentInfo info,
            Optional<String> pool,
            List<AgentInfo.Capability> capabilities,
            String version,
            Optional<String> ip,
            String address,
            Resources total,
            List<Problem> problems,
            AgentDescription description) {
        public Profile {
            capabilities = List.copyOf(capabilities);
            problems = List.copyOf(problems);
        }

        public boolean has(AgentInfo.Capability.Type type) {
            return capabilities.stream().anyMatch(capability -> capability.getType() == type);
        }

        /** Whether it is one of a pool's: then its machine is a node. */
        public boolean isOfPool() {
            return pool.filter(name -> !name.isEmpty()).isPresent();
        }

        /** With what it does not say itself. */
        private Profile with(List<Attribute> attributes, Optional<FaultDomain> domain) {
            var own = description.attributes().stream().map(Attribute::name).toList();
            var more = attributes.stream()
                    .filter(attribute -> !own.contains(attribute.name()))
                    .toList();
            var wire = info.toBuilder().addAllAttributes(AttributeConversion.write(more));
            if (description.domain().isEmpty()) {
                domain.map(DomainConversion::write).ifPresent(wire::setDomain);
            }
            var all = Stream.concat(description.attributes().stream(), more.stream())
                    .toList();
            return new Profile(
                    wire.build(),
                    pool,
                    capabilities,
                    version,
                    ip,
                    address,
                    total,
                    problems,
                    new AgentDescription(
                            description.hostname(),
                            all,
                            description.domain().or(() -> domain),
                            description.capabilities()));
        }
    }

    Agent(AgentId id, Profile profile, Instant registeredAt) {
        this.id = id;
        this.said = profile;
        this.profile = profile;
        this.registeredAt = registeredAt;
    }

    public AgentId id() {
        return id;
    }

    /** What it said of itself. */
    public Profile said() {
        return said;
    }

    /** What it said of itself, and what its node adds to that. */
    public Profile profile() {
        return profile;
    }

    /** Has its node add this to what it says itself. Returns whether that makes a difference. */
    public boolean describe(List<Attribute> attributes, Optional<FaultDomain> domain) {
        nodeAttributes = attributes;
        nodeDomain = domain.orElse(null);
        var described = said.with(attributes, domain);
        if (described.equals(profile)) {
            return false;
        }
        profile = described;
        snapshot = null;
        return true;
    }

    /** All that it has, with what is set aside for reservations. */
    public Resources total() {
        return reservedParts.applyTo(profile.total);
    }

    /** What is set aside for declared reservations. */
    public ReservedParts reservedParts() {
        return reservedParts;
    }

    /** The part of it that tasks use. */
    public ReservedParts reservedInUse() {
        return ReservedParts.inUse(tasks.values());
    }

    /** Grows whenever something there may have become free. */
    public long releases() {
        return releases;
    }

    /** These are all that are set aside now. */
    public void setAside(ReservedParts parts) {
        reservedParts = parts;
        snapshot = null;
    }

    /** Only what tasks use is set aside from now on. */
    public void forgetUnusedReservations() {
        reservedParts = reservedInUse();
        touched();
    }

    /** The name of its machine. */
    public String hostname() {
        return profile.info.getHostname();
    }

    /** What is to become of it. */
    public Prospects prospects() {
        return prospects;
    }

    /** As the registry should have it, but for its node. */
    RegisteredAgent registered() {
        return new RegisteredAgent(
                id,
                profile.info,
                profile.pool,
                profile.version,
                Standing.ADMITTED,
                registeredAt,
                prospects.draining(),
                prospects.policy(),
                NodeState.USUAL,
                profile.problems);
    }

    /** Its link now; empty while it is disconnected. */
    public Optional<LinkId> link() {
        return Optional.ofNullable(link);
    }

    public Optional<Task> task(FrameworkId framework, TaskId task) {
        return Optional.ofNullable(tasks.get(new TaskKey(framework, task)));
    }

    public Collection<Task> tasks() {
        return Collections.unmodifiableCollection(tasks.values());
    }

    public Collection<OfferSnapshot> offers() {
        return Collections.unmodifiableCollection(offers.values());
    }

    /** It is back, perhaps changed; what its node adds is to be said again. */
    public void reregister(Profile newProfile, Instant at) {
        said = newProfile;
        profile = newProfile;
        nodeAttributes = List.of();
        nodeDomain = null;
        reregisteredAt = at;
        snapshot = null;
    }

    /** It is as it was, but for what it has. */
    public void describe(Profile newProfile) {
        said = newProfile;
        profile = said.with(nodeAttributes, Optional.ofNullable(nodeDomain));
        snapshot = null;
    }

    void connect(LinkId newLink) {
        link = newLink;
        unanswered = 0;
        snapshot = null;
    }

    void disconnect() {
        link = null;
        snapshot = null;
    }

    /** The number of the next ping, which is sent now. */
    public long nextPing(Moment now) {
        pings++;
        pingTimes[Math.floorMod(pings, PING_TIMES)] = now.nanos();
        return pings;
    }

    /** When the ping of that number was sent, in monotonic nanoseconds; empty if it was none, or long ago. */
    public OptionalLong pingedAt(long number) {
        return number > 0 && number <= pings && pings - number < PING_TIMES
                ? OptionalLong.of(pingTimes[Math.floorMod(number, PING_TIMES)])
                : OptionalLong.empty();
    }

    /** A ping's interval passed without a sign of the agent; returns how many in a row by now. */
    public int missed() {
        return ++unanswered;
    }

    /** How many pings in a row it missed. */
    public int unanswered() {
        return unanswered;
    }

    public void seen() {
        unanswered = 0;
    }

    /** What it holds changed its state. */
    void touched() {
        releases++;
        snapshot = null;
    }

    void add(Task task) {
        tasks.put(new TaskKey(task.framework(), task.id()), task);
        snapshot = null;
    }

    void remove(Task task) {
        tasks.remove(new TaskKey(task.framework(), task.id()));
        touched();
    }

    void add(OfferSnapshot offer) {
        offers.put(offer.id(), offer);
        snapshot = null;
    }

    void remove(OfferSnapshot offer) {
        offers.remove(offer.id());
        touched();
    }

    public AgentSnapshot snapshot() {
        var current = snapshot;
        if (current == null) {
            current = new AgentSnapshot(
                    id,
                    profile.info,
                    profile.capabilities,
                    profile.version,
                    profile.address,
                    link != null,
                    registeredAt,
                    Optional.ofNullable(reregisteredAt),
                    total(),
                    profile.problems,
                    tasks.values().stream().map(Task::snapshot).toList(),
                    List.copyOf(offers.values()),
                    prospects.snapshot());
            snapshot = current;
        }
        return current;
    }
}
