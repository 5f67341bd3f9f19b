package dev.proffer.sdk;

import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to one offer while a scheduler makes it up: tasks are added as long as they fit, then it goes to
 * {@link Master#accept}. What they leave goes back to the master; if there are none, all of the offer.
 *
 * <p>Not thread-safe.
 */
public final class OfferUse {
    private final Offer offer;
    private final OfferedResources resources;
    private final List<TaskInfo> tasks = new ArrayList<>();
    private Filters filters = Filters.getDefaultInstance();

    private OfferUse(Offer offer) {
        this.offer = offer;
        this.resources = new OfferedResources(offer);
    }

    public static OfferUse of(Offer offer) {
        return new OfferUse(offer);
    }

    /** Launches the task on this offer if it still fits; tells whether it does. */
    public boolean launch(TaskSpec task) {
        var taken = resources.take(task.amounts(), task.portCount());
        taken.ifPresent(pieces -> tasks.add(task.on(offer.getAgentId(), pieces)));
        return taken.isPresent();
    }

    /** For how long not to be offered what is left over; 5 s unless said. */
    public OfferUse refuseRestFor(Duration duration) {
        filters = Filters.newBuilder()
                .setRefuseSeconds(duration.toMillis() / 1000.0)
                .build();
        return this;
    }

    /** How much of a resource such as {@code cpus} or {@code mem} is left, in its own unit. */
    public double left(String resource) {
        Scalar left = resources.left(resource);
        return left.toDouble();
    }

    public Offer offer() {
        return offer;
    }

    /** The tasks to launch, in full. */
    public List<TaskInfo> tasks() {
        return List.copyOf(tasks);
    }

    public Filters filters() {
        return filters;
    }
}
