package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.eligibility.Traits;
import dev.proffer.allocator.filters.AgentFilters;
import dev.proffer.allocator.filters.SlotNumbers;
import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent: what it has, who holds what of it, and what is free. Changed by the {@link Ledger} only. */
public final class Agent {
    private final AgentId id;
    private final int index;
    private AgentFilters filters;
    private @Nullable AgentFilters filtersBeforeRehearsal;
    private boolean offerEndAwaitedBeforeRehearsal;
    final SharedVolumes sharedVolumes = new SharedVolumes();
    final Map<Slot, Held> held = new LinkedHashMap<>();

    AgentDescription description;
    long descriptionVersion;
    Bundle total = Bundle.EMPTY;
    Bundle free = Bundle.EMPTY;
    boolean overcommitted;
    boolean active = true;
    boolean listed = true;
    int requiredTraits;
    int forbiddenTraits;

    @Nullable
    Maintenance maintenance;

    int outstandingOffers;
    boolean offerEndAwaited;
    Resources sharedOffered = Resources.EMPTY;
    long sharedOfferedInRun = -1;

    Agent(AgentId id, int index, AgentDescription description, SlotNumbers numbers) {
        this.id = id;
        this.index = index;
        this.description = description;
        this.filters = new AgentFilters(numbers);
    }

    public AgentId id() {
        return id;
    }

    /** Its place in the lists and bit sets of agents; given to another when it is gone. */
    public int index() {
        return index;
    }

    public AgentDescription description() {
        return description;
    }

    /** Another one for every description of any agent; never zero. */
    long descriptionVersion() {
        return descriptionVersion;
    }

    public Bundle total() {
        return total;
    }

    /** What nobody holds, and the shared volumes, which are there for all. */
    public Bundle free() {
        return free;
    }

    public AgentFilters filters() {
        return filters;
    }

    /** From here on nothing that a run does to the agent, other than offers, outlasts the rehearsal. */
    public void beginRehearsal(long nanos) {
        offerEndAwaitedBeforeRehearsal = offerEndAwaited;
        if (filters.mayHaveEnded(nanos)) {
            filtersBeforeRehearsal = filters;
            filters = filters.copy();
        }
    }

    public void endRehearsal() {
        offerEndAwaited = offerEndAwaitedBeforeRehearsal;
        if (filtersBeforeRehearsal != null) {
            filters = filtersBeforeRehearsal;
            filtersBeforeRehearsal = null;
        }
    }

    public Map<Slot, Held> held() {
        return Collections.unmodifiableMap(held);
    }

    /** Whether it is neither disconnected nor draining. */
    public boolean isActive() {
        return active;
    }

    /** Whether the whitelist lets it be offered. */
    public boolean isListed() {
        return listed;
    }

    public @Nullable Maintenance maintenance() {
        return maintenance;
    }

    /** Which traits the slot lacks, or must not have, to be offered this agent; zero if none. See {@link Traits}. */
    public int obstacles(Slot slot) {
        return (requiredTraits & ~slot.traits()) | (forbiddenTraits & slot.traits());
    }

    /** Whether the slot was offered something in an earlier run and has not answered. */
    public boolean hasOutstandingOffer(Slot slot, long run) {
        if (outstandingOffers == 0) {
            return false;
        }
        var of = held.get(slot);
        return of != null && !of.offered.isEmpty() && of.offeredInRun != run;
    }

    /** Notes that someone would have been offered something, had it answered its last offer. */
    public void awaitOfferEnd() {
        offerEndAwaited = true;
    }

    /** Shared volumes that a run offered already: each is offered once in a run. */
    public Resources sharedOffered(long run) {
        return sharedOfferedInRun == run ? sharedOffered : Resources.EMPTY;
    }
}
