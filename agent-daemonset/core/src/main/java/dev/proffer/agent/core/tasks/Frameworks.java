package dev.proffer.agent.core.tasks;

import dev.proffer.model.FrameworkId;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The frameworks that have tasks here. */
public final class Frameworks {
    private final TreeMap<FrameworkId, Framework> known = new TreeMap<>();

    private record Framework(FrameworkInfo info, boolean shutDown) {}

    /** Takes in a framework, or its changed description. */
    void put(FrameworkInfo info, boolean shutDown) {
        known.put(new FrameworkId(info.getId().getValue()), new Framework(info, shutDown));
    }

    public Collection<FrameworkInfo> all() {
        return known.values().stream().map(Framework::info).toList();
    }

    public Optional<FrameworkInfo> find(FrameworkId id) {
        return Optional.ofNullable(known.get(id)).map(Framework::info);
    }

    /** Whether the master has removed it, so that nobody waits for its tasks' updates. */
    public boolean isShutDown(FrameworkId id) {
        var framework = known.get(id);
        return framework != null && framework.shutDown;
    }

    /** Its changed description, if it is known. */
    public void update(FrameworkInfo info) {
        known.computeIfPresent(
                new FrameworkId(info.getId().getValue()), (_, framework) -> new Framework(info, framework.shutDown));
    }

    public void shutDown(FrameworkId id) {
        known.computeIfPresent(id, (_, framework) -> new Framework(framework.info, true));
    }

    boolean can(FrameworkId id, FrameworkInfo.Capability.Type capability) {
        return can(find(id).map(FrameworkInfo::getCapabilitiesList).orElse(List.of()), capability);
    }

    static boolean can(List<FrameworkInfo.Capability> capabilities, FrameworkInfo.Capability.Type capability) {
        return capabilities.stream().anyMatch(other -> other.getType() == capability);
    }

    void remove(FrameworkId id) {
        known.remove(id);
    }
}
