package dev.proffer.agent.core;

import dev.proffer.model.FrameworkId;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The frameworks whose tasks are here. */
final class Frameworks {
    private final SortedMap<FrameworkId, FrameworkInfo> byId = new TreeMap<>();
    private final TreeSet<FrameworkId> shutDown = new TreeSet<>();

    /** True if it is new or differs from what was known. */
    boolean put(FrameworkInfo info) {
        return !info.equals(byId.put(new FrameworkId(info.getId().getValue()), info));
    }

    boolean isKnown(FrameworkId id) {
        return byId.containsKey(id);
    }

    boolean has(FrameworkId id, FrameworkInfo.Capability.Type capability) {
        var info = byId.get(id);
        return info != null
                && info.getCapabilitiesList().stream().anyMatch(candidate -> candidate.getType() == capability);
    }

    /** The master has removed it: nobody waits for its tasks. False if that is no news. */
    boolean shutDown(FrameworkId id) {
        return byId.containsKey(id) && shutDown.add(id);
    }

    /** The master sends tasks of it again. */
    void readmit(FrameworkId id) {
        shutDown.remove(id);
    }

    Collection<FrameworkId> shutDown() {
        return shutDown;
    }

    boolean isShutDown(FrameworkId id) {
        return shutDown.contains(id);
    }

    void remove(FrameworkId id) {
        byId.remove(id);
        shutDown.remove(id);
    }

    void retain(Collection<FrameworkId> ids) {
        byId.keySet().retainAll(ids);
        shutDown.retainAll(ids);
    }

    Collection<FrameworkInfo> all() {
        return byId.values();
    }
}
