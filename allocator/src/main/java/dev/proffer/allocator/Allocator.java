package dev.proffer.allocator;

import dev.proffer.allocator.explain.Explanation;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;

/**
 * Decides who is offered what. Events go in with {@link #apply}, offers come out of {@link #allocate}; in between it holds
 * the books: what each agent has, and which framework holds how much of it in which role, in use or offered.
 *
 * <p>Pure and single-threaded: no clock, no thread, no I/O; chance is a constructor argument of the implementation, and the
 * same inputs in the same order give the same allocations. Whoever calls it owns offer ids and offer time-outs.
 *
 * <p>An offer that {@link #allocate} hands out counts as held by its framework until it is given back
 * ({@link AllocatorInput.Recovered}) or its framework or agent is removed.
 */
public interface Allocator {
    /**
     * Takes note of an event.
     *
     * @throws IllegalArgumentException if the event contradicts the books (an agent added twice, more recovered than was
     *     held …): the caller's state is wrong then
     */
    void apply(Moment now, AllocatorInput input);

    /** Runs one allocation over the candidates that events and the interval have marked; empty if there are none. */
    List<Allocation> allocate(Moment now);

    /**
     * The monotonic time (nanoseconds, see {@link Moment}) at which {@link #allocate} should be called next, not later than
     * one allocation interval from the last full pass. May lie in the past: then call at once.
     */
    long nextDue();

    // Readings: they change nothing

    /** What can be published about the cluster now. Costs a walk over all roles and frameworks. */
    AllocatorFigures figures();

    /**
     * Why the framework would not be offered the agent, or any agent, if a full pass began now. Costs as much as that pass.
     *
     * @throws IllegalArgumentException if the framework or the agent is not known
     */
    Explanation explain(Moment now, FrameworkId framework, RolePath role, Optional<AgentId> agent);

    /** What nobody holds on the agent, and its shared volumes; empty if the agent is not known. */
    Optional<Resources> free(AgentId agent);
}
