package dev.proffer.master.core.cluster;

import dev.proffer.allocator.Unavailability;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.snapshot.InverseOfferAnswer;
import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.master.core.snapshot.MaintenanceSnapshot;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.OfferId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to become of an agent, and what frameworks there were told of it and said. */
public final class Prospects {
    private final Runnable changed;
    private final LinkedHashMap<OfferId, InverseOfferSnapshot> inverseOffers = new LinkedHashMap<>();
    private final LinkedHashMap<FrameworkId, InverseOfferAnswer> answers = new LinkedHashMap<>();
    private AgentPolicy policy = AgentPolicy.NONE;
    private @Nullable Draining draining;
    private @Nullable Unavailability unavailability;
    private boolean offered;
    private boolean condemned;
    private boolean awaitsNode;
    private boolean hasAwaitedNode;

    /** @param changed told of each change */
    Prospects(Runnable changed) {
        this.changed = changed;
    }

    /** What the registry knew of the agent. */
    void continues(RegisteredAgent before) {
        policy = before.policy();
        draining = before.draining().orElse(null);
        changed.run();
    }

    /** What people wish of it. */
    public AgentPolicy policy() {
        return policy;
    }

    public void wish(AgentPolicy wish) {
        policy = wish;
        changed.run();
    }

    public Optional<Draining> draining() {
        return Optional.ofNullable(draining);
    }

    public void draining(Optional<Draining> progress) {
        draining = progress.orElse(null);
        changed.run();
    }

    /** When its machine will not be there, as frameworks are told. */
    public Optional<Unavailability> unavailability() {
        return Optional.ofNullable(unavailability);
    }

    /** What was said of another unavailability no longer counts. */
    public void unavailable(Optional<Unavailability> changedTo) {
        unavailability = changedTo.orElse(null);
        answers.clear();
        changed.run();
    }

    /** Whether the allocator may offer it. */
    public boolean isOffered() {
        return offered;
    }

    public void offered(boolean now) {
        offered = now;
        changed.run();
    }

    /** Whether it will be gone as soon as that is stored. */
    public boolean isCondemned() {
        return condemned;
    }

    public void condemn() {
        condemned = true;
    }

    /** Whether it is not offered because nothing has been heard of its node. */
    public boolean awaitsNode() {
        return awaitsNode;
    }

    /** Whether it ever had to wait for that. */
    public boolean hasAwaitedNode() {
        return hasAwaitedNode;
    }

    public void awaitNode(boolean now) {
        awaitsNode = now;
        hasAwaitedNode |= now;
    }

    public Collection<InverseOfferSnapshot> inverseOffers() {
        return Collections.unmodifiableCollection(inverseOffers.values());
    }

    void add(InverseOfferSnapshot offer) {
        inverseOffers.put(offer.id(), offer);
        changed.run();
    }

    void remove(InverseOfferSnapshot offer) {
        inverseOffers.remove(offer.id());
        changed.run();
    }

    public void answered(InverseOfferAnswer answer) {
        answers.put(answer.framework(), answer);
        changed.run();
    }

    /** The framework is no more. */
    public void forget(FrameworkId framework) {
        if (answers.remove(framework) != null) {
            changed.run();
        }
    }

    MaintenanceSnapshot snapshot() {
        return new MaintenanceSnapshot(
                offered,
                policy,
                draining(),
                unavailability(),
                List.copyOf(inverseOffers.values()),
                List.copyOf(answers.values()));
    }
}
