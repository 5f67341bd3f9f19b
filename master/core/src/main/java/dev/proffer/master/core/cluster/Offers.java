package dev.proffer.master.core.cluster;

import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.OfferId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The outstanding offers, oldest first; each also stands with its framework and its agent. */
public final class Offers {
    private final LinkedHashMap<OfferId, OfferSnapshot> byId = new LinkedHashMap<>();
    private final Agents agents;
    private final Frameworks frameworks;
    private final String masterId;
    private long made;

    Offers(String masterId, Agents agents, Frameworks frameworks) {
        this.masterId = masterId;
        this.agents = agents;
        this.frameworks = frameworks;
    }

    /** An id that no offer has had. */
    public OfferId nextId() {
        return new OfferId(masterId + "-O" + made++);
    }

    public Optional<OfferSnapshot> find(OfferId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public Collection<OfferSnapshot> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** A copy, so that offers may go meanwhile. */
    public List<OfferSnapshot> newestFirst() {
        return new ArrayList<>(byId.values()).reversed();
    }

    public void add(OfferSnapshot offer) {
        byId.put(offer.id(), offer);
        agents.find(offer.agent()).ifPresent(agent -> agent.add(offer));
        frameworks.find(offer.framework()).ifPresent(framework -> framework.add(offer));
    }

    public void remove(OfferSnapshot offer) {
        byId.remove(offer.id());
        agents.find(offer.agent()).ifPresent(agent -> agent.remove(offer));
        frameworks.find(offer.framework()).ifPresent(framework -> framework.remove(offer));
    }
}
