package dev.proffer.master.core.cluster;

import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.model.OfferId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The outstanding inverse offers; each also stands with its framework and its agent. */
public final class InverseOffers {
    private final LinkedHashMap<OfferId, InverseOfferSnapshot> byId = new LinkedHashMap<>();
    private final Agents agents;
    private final Frameworks frameworks;

    InverseOffers(Agents agents, Frameworks frameworks) {
        this.agents = agents;
        this.frameworks = frameworks;
    }

    /** Those of the ids that are outstanding. */
    public List<InverseOfferSnapshot> find(List<OfferId> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> Optional.ofNullable(byId.get(id)).stream())
                .toList();
    }

    public void add(InverseOfferSnapshot offer) {
        byId.put(offer.id(), offer);
        agents.find(offer.agent()).ifPresent(agent -> agent.prospects().add(offer));
        frameworks.find(offer.framework()).ifPresent(framework -> framework.add(offer));
    }

    public void remove(InverseOfferSnapshot offer) {
        byId.remove(offer.id());
        agents.find(offer.agent()).ifPresent(agent -> agent.prospects().remove(offer));
        frameworks.find(offer.framework()).ifPresent(framework -> framework.remove(offer));
    }
}
