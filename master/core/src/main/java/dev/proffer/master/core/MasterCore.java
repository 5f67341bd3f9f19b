package dev.proffer.master.core;

import dev.proffer.allocator.Allocator;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.model.Moment;
import java.util.List;

/** Skeleton. */
public final class MasterCore {
    private final MasterConfig config;
    private final Leadership leadership;
    private final Allocator allocator;

    public MasterCore(MasterConfig config, Leadership leadership, Allocator allocator) {
        this.config = config;
        this.leadership = leadership;
        this.allocator = allocator;
    }

    public List<MasterEffect> apply(Moment now, MasterInput input) {
        throw new UnsupportedOperationException(input + " " + now + config);
    }

    public long nextDeadline() {
        return allocator.nextDue();
    }

    public MasterSnapshot snapshot() {
        throw new UnsupportedOperationException("not yet " + leadership);
    }
}
