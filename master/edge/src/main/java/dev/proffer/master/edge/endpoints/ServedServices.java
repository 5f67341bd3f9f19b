package dev.proffer.master.edge.endpoints;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The Services that lead to whoever leads.
 *
 * @param address the IP address at which they reach this very master
 * @param byPort each Service's name by that of the port behind it: a listener's, or {@code agents}
 */
public record ServedServices(String address, SortedMap<String, String> byPort) {
    /** Where nothing leads to the leader, standbys redirect. */
    public static final ServedServices NONE = new ServedServices("", Collections.emptySortedMap());

    public ServedServices {
        byPort = Collections.unmodifiableSortedMap(new TreeMap<>(byPort));
        if (address.isEmpty() && !byPort.isEmpty()) {
            throw new IllegalArgumentException(
                    "services: the address at which they reach this master is missing; set it to the pod's IP");
        }
    }

    public static ServedServices of(String address, Map<String, String> byPort) {
        return new ServedServices(address, new TreeMap<>(byPort));
    }
}
