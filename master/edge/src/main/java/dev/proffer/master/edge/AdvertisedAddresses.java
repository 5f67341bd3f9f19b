package dev.proffer.master.edge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/**
 * Where clients reach a leader, {@code host:port} by listener. As text, which the Lease keeps, it is the first listener's
 * address, then {@code name=host:port} for each other one, with commas between.
 */
final class AdvertisedAddresses {
    private final String first;
    private final Map<String, String> byListener;

    private AdvertisedAddresses(String first, Map<String, String> byListener) {
        this.first = first;
        this.byListener = byListener;
    }

    /** @param byListener at least one, the first one first */
    static AdvertisedAddresses of(SequencedMap<String, String> byListener) {
        return new AdvertisedAddresses(byListener.firstEntry().getValue(), byListener);
    }

    static AdvertisedAddresses parse(String text) {
        var parts = text.split(",", -1);
        var named = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0) {
                named.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
            }
        }
        return new AdvertisedAddresses(parts[0], named);
    }

    /** A listener that the leader does not have shares the address of the first. */
    String at(String listener) {
        return Optional.ofNullable(byListener.get(listener)).orElse(first);
    }

    String text() {
        return byListener.entrySet().stream()
                .skip(1)
                .map(entry -> "," + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("", first, ""));
    }
}
