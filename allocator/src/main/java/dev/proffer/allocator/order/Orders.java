package dev.proffer.allocator.order;

import dev.proffer.allocator.OrderPolicy;
import java.util.random.RandomGenerator;

/** The policies by name. */
public final class Orders {
    private final SiblingOrder dominantShare = new DominantShareOrder();
    private final SiblingOrder rescaledShare = new RescaledShareOrder();
    private final SiblingOrder priority = new PriorityOrder();
    private final SiblingOrder arrival = new ArrivalOrder();
    private final SiblingOrder lot;

    /** @param chance what lots are drawn from */
    public Orders(RandomGenerator chance) {
        this.lot = new LotOrder(chance);
    }

    public SiblingOrder of(OrderPolicy policy) {
        return switch (policy) {
            case DRF -> dominantShare;
            case HDRF -> rescaledShare;
            case PRIORITY -> priority;
            case FIFO -> arrival;
            case RANDOM -> lot;
        };
    }
}
