package dev.proffer.allocator.books;

import dev.proffer.allocator.Unavailability;
import dev.proffer.model.FrameworkId;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** That an agent's machine will be unavailable, and what the frameworks on it were asked and said. */
public final class Maintenance {
    private final Unavailability unavailability;
    private final Set<FrameworkId> outstanding = new TreeSet<>();
    private final Map<FrameworkId, Long> refusedUntil = new TreeMap<>();
    private final Map<FrameworkId, Boolean> answers = new TreeMap<>();

    Maintenance(Unavailability unavailability) {
        this.unavailability = unavailability;
    }

    public Unavailability unavailability() {
        return unavailability;
    }

    /** Whether the framework may be sent an inverse offer now (monotonic nanoseconds). */
    public boolean mayAsk(FrameworkId framework, long nanos) {
        if (outstanding.contains(framework)) {
            return false;
        }
        var until = refusedUntil.get(framework);
        return until == null || until <= nanos;
    }

    public void ask(FrameworkId framework) {
        outstanding.add(framework);
        refusedUntil.remove(framework);
    }

    void withdraw(FrameworkId framework) {
        outstanding.remove(framework);
    }

    void answer(FrameworkId framework, boolean accepted) {
        outstanding.remove(framework);
        answers.put(framework, accepted);
    }

    void refuse(FrameworkId framework, long untilNanos) {
        refusedUntil.put(framework, untilNanos);
    }

    void dropRefusal(FrameworkId framework) {
        refusedUntil.remove(framework);
    }

    void forget(FrameworkId framework) {
        outstanding.remove(framework);
        refusedUntil.remove(framework);
        answers.remove(framework);
    }

    /** Who accepted (true) or declined (false) last. */
    public SortedMap<FrameworkId, Boolean> answers() {
        return new TreeMap<>(answers);
    }
}
