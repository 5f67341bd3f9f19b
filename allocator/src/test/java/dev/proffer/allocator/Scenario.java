package dev.proffer.allocator;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.AllocatorInput.Holding;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.model.AgentId;
import dev.proffer.model.Attribute;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An allocator with a clock and short words for what happens to it. Events are followed at once by the run that they ask for;
 * its offers are kept until {@link #offers} takes them.
 */
final class Scenario {
    static final List<FrameworkCapability> MULTI_ROLE = List.of(FrameworkCapability.MULTI_ROLE);

    final AllocatorConfig config;
    final HierarchicalAllocator allocator;
    Moment now = new Moment(1_000_000, Instant.EPOCH);
    private final List<Allocation> pending = new ArrayList<>();
    private boolean paused;

    Scenario(AllocatorConfig config, long seed) {
        this.config = config;
        this.allocator = new HierarchicalAllocator(config, new SplittableRandom(seed));
    }

    static Scenario of(boolean mesosExact) {
        return new Scenario(mesosExact ? AllocatorConfig.DEFAULT.withMesosExact() : AllocatorConfig.DEFAULT, 1);
    }

    // Time

    Scenario apply(AllocatorInput input) {
        allocator.apply(now, input);
        if (!paused) {
            settle();
        }
        return this;
    }

    /** Runs what events have asked for. */
    Scenario settle() {
        if (allocator.nextDue() <= now.deadline(config.timing().eventDelay())) {
            pending.addAll(allocator.allocate(now));
        }
        return this;
    }

    /** Lets events gather for one run. */
    Scenario pause() {
        paused = true;
        return this;
    }

    Scenario resume() {
        paused = false;
        return settle();
    }

    Scenario advance(Duration by) {
        now = now.plus(by);
        return settle();
    }

    /** One allocation interval. */
    Scenario tick() {
        return advance(config.timing().allocationInterval());
    }

    // What came out

    /** Takes the offers made since the last call. */
    List<Allocation> offers() {
        var taken = List.copyOf(pending);
        pending.clear();
        return taken;
    }

    /** Takes the one offer that must have been made. */
    Allocation.Offer offer() {
        var taken = offers();
        if (taken.size() != 1) {
            throw new AssertionError("expected one offer, but there are " + taken);
        }
        return (Allocation.Offer) taken.getFirst();
    }

    static Allocation.Offer offer(String framework, String role, String agent, String resources) {
        return offer(framework, role, agent, Resources.parse(resources));
    }

    static Allocation.Offer offer(String framework, String role, String agent, Resources resources) {
        return new Allocation.Offer(new FrameworkId(framework), new RolePath(role), new AgentId(agent), resources);
    }

    // Agents

    Scenario agent(String id, String total, Holding... held) {
        return agent(id, Resources.parse(total), held);
    }

    Scenario agent(String id, Resources total, Holding... held) {
        return apply(new AllocatorInput.AgentAdded(
                new AgentId(id), description(id, ""), total, List.of(held), Optional.empty()));
    }

    Scenario update(String id, Resources total) {
        return apply(new AllocatorInput.AgentUpdated(new AgentId(id), description(id, ""), total));
    }

    static AgentDescription description(String hostname, String attributes) {
        return new AgentDescription(
                hostname,
                Attribute.parse(attributes),
                Optional.empty(),
                List.of(
                        AgentCapability.MULTI_ROLE,
                        AgentCapability.HIERARCHICAL_ROLE,
                        AgentCapability.RESERVATION_REFINEMENT));
    }

    static Holding held(String framework, String role, String agent, String resources) {
        return held(framework, role, agent, Resources.parse(resources));
    }

    static Holding held(String framework, String role, String agent, Resources resources) {
        return new Holding(new FrameworkId(framework), new RolePath(role), new AgentId(agent), resources);
    }

    // Frameworks

    Scenario framework(String id, String... roles) {
        return apply(new AllocatorInput.FrameworkAdded(new FrameworkId(id), profile(roles), true, List.of()));
    }

    Scenario framework(String id, FrameworkProfile profile, Holding... held) {
        return apply(new AllocatorInput.FrameworkAdded(new FrameworkId(id), profile, true, List.of(held)));
    }

    static FrameworkProfile profile(String... roles) {
        return new FrameworkProfile(roles(roles), List.of(), MULTI_ROLE, new TreeMap<>(), Optional.empty());
    }

    static FrameworkProfile capable(String role, FrameworkCapability... capabilities) {
        var all = new ArrayList<>(MULTI_ROLE);
        all.addAll(List.of(capabilities));
        return new FrameworkProfile(roles(role), List.of(), all, new TreeMap<>(), Optional.empty());
    }

    static FrameworkProfile suppressed(List<String> roles, List<String> suppressed) {
        return new FrameworkProfile(
                roles.stream().map(RolePath::new).toList(),
                suppressed.stream().map(RolePath::new).toList(),
                MULTI_ROLE,
                new TreeMap<>(),
                Optional.empty());
    }

    static FrameworkProfile withMinimum(String role, String... alternatives) {
        var minimum = new TreeMap<RolePath, List<Quantities>>();
        minimum.put(
                new RolePath(role),
                Arrays.stream(alternatives).map(Quantities::parse).toList());
        return new FrameworkProfile(roles(role), List.of(), MULTI_ROLE, minimum, Optional.empty());
    }

    static List<RolePath> roles(String... roles) {
        return Arrays.stream(roles).map(RolePath::new).toList();
    }

    Scenario suppress(String framework, String... roles) {
        return apply(new AllocatorInput.Suppressed(new FrameworkId(framework), roles(roles)));
    }

    Scenario revive(String framework, String... roles) {
        return apply(new AllocatorInput.Revived(new FrameworkId(framework), roles(roles)));
    }

    // Resources

    /** Gives an offer back, without a filter. */
    Scenario recover(Allocation offer) {
        return recover(holding(offer), Origin.OFFERED, Optional.empty());
    }

    Scenario decline(Allocation offer, double refuseSeconds) {
        return recover(holding(offer), Origin.OFFERED, Optional.of(new Refusal(refuseSeconds)));
    }

    Scenario recover(Holding holding, Origin origin, Optional<Refusal> refusal) {
        return apply(new AllocatorInput.Recovered(holding, origin, refusal));
    }

    /** Some of an offer comes back, without a filter. */
    Scenario recover(Allocation offer, String resources) {
        return recover(of(offer, Resources.parse(resources)), Origin.OFFERED, Optional.empty());
    }

    Scenario recover(Allocation offer, Resources resources) {
        return recover(of(offer, resources), Origin.OFFERED, Optional.empty());
    }

    /** All of an offer is in use. */
    Scenario commit(Allocation offer) {
        return apply(new AllocatorInput.Committed(holding(offer)));
    }

    Scenario convert(Allocation offer, Resources consumed, Resources converted) {
        var of = (Allocation.Offer) offer;
        return apply(new AllocatorInput.Converted(of.framework(), of.role(), of.agent(), consumed, converted));
    }

    static Holding holding(Allocation offer) {
        return of(offer, ((Allocation.Offer) offer).resources());
    }

    static Holding of(Allocation offer, Resources resources) {
        var whole = (Allocation.Offer) offer;
        return new Holding(whole.framework(), whole.role(), whole.agent(), resources);
    }

    // Policy

    Scenario weight(String role, double weight) {
        return apply(new AllocatorInput.WeightChanged(new RolePath(role), weight));
    }

    /** Guarantee and limit are the same. */
    Scenario quota(String role, String quantities) {
        return quota(role, quantities, quantities);
    }

    Scenario quota(String role, String guarantees, String limits) {
        return apply(new AllocatorInput.QuotaChanged(new RolePath(role), Quantities.parse(guarantees), limits(limits)));
    }

    /** A limit of zero counts, other than in quantities. */
    static Limits limits(String text) {
        var limits = new TreeMap<String, Long>();
        for (var part : text.split(";")) {
            if (!part.isBlank()) {
                var sides = part.split(":");
                limits.put(sides[0], Math.round(Double.parseDouble(sides[1]) * 1000));
            }
        }
        return new Limits(limits);
    }

    Scenario order(String role, OrderPolicy policy, int priority) {
        return apply(new AllocatorInput.OrderChanged(new RolePath(role), policy, priority));
    }

    AllocatorFigures.@Nullable RoleFigures figuresOrNull(String role) {
        return allocator.figures().roles().get(new RolePath(role));
    }

    AllocatorFigures.RoleFigures figures(String role) {
        return Objects.requireNonNull(figuresOrNull(role));
    }
}
