package dev.proffer.protocol.media;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which media types an {@code Accept} header allows, as Mesos judges it: case and white space do not matter, the most
 * specific entry decides, weights only exclude ({@code q=0}), and parameters are not compared.
 */
public final class AcceptHeader {
    private AcceptHeader() {}

    /**
     * What to answer in: JSON wherever it is acceptable, otherwise protobuf, or nothing if neither is (406).
     *
     * @param lines the values of all {@code Accept} headers; none accepts everything
     */
    public static Optional<MediaType> choose(List<String> lines) {
        if (accepts(lines, MediaType.JSON)) {
            return Optional.of(MediaType.JSON);
        }
        return accepts(lines, MediaType.PROTOBUF) ? Optional.of(MediaType.PROTOBUF) : Optional.empty();
    }

    static boolean accepts(List<String> lines, MediaType mediaType) {
        if (lines.isEmpty()) {
            return true;
        }
        var name = mediaType.contentType();
        var anySubtype = name.substring(0, name.indexOf('/')) + "/*";
        var entries = String.join(",", lines)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT)
                .split(",");
        for (var candidate : List.of(name, anySubtype, "*/*")) {
            for (var entry : entries) {
                var parts = entry.split(";");
                if (parts.length > 0 && parts[0].equals(candidate)) {
                    return !isExcluded(parts);
                }
            }
        }
        return false;
    }

    /** Whether the entry has exactly one weight, and that is zero or no number. */
    private static boolean isExcluded(String[] entry) {
        var weights = List.of(entry).stream()
                .filter(part -> part.startsWith("q="))
                .map(part -> part.substring(2))
                .toList();
        if (weights.size() != 1) {
            return false;
        }
        try {
            return !(Double.parseDouble(weights.getFirst()) > 0);
        } catch (NumberFormatException noNumber) {
            return true;
        }
    }
}
