package dev.proffer.master.core.cluster;

import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a framework understands. In the order of the wire's numbers; unknown ones are left out. */
public record Capabilities(Set<Capability.Type> types) {
    public Capabilities {
        var copy = EnumSet.noneOf(Capability.Type.class);
        copy.addAll(types);
        types = Collections.unmodifiableSet(copy);
    }

    public static Capabilities of(FrameworkInfo info) {
        var types = EnumSet.noneOf(Capability.Type.class);
        for (var capability : info.getCapabilitiesList()) {
            if (capability.getType() != Capability.Type.UNKNOWN) {
                types.add(capability.getType());
            }
        }
        return new Capabilities(types);
    }

    public boolean has(Capability.Type type) {
        return types.contains(type);
    }

    /** Whether it knows the precise states of what happens in a partition, instead of TASK_LOST for all. */
    public boolean partitionAware() {
        return has(Capability.Type.PARTITION_AWARE);
    }
}
