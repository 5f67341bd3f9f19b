package dev.proffer.testing.nodes;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The addresses of a cluster: one of sixteen plans, so that several clusters and the machine's own networks do not meet. */
record Addresses(int plan) {
    /** Seen within the cluster only. */
    static final String SERVICES = "10.96.0.0/16";

    private static final int PLANS = 16;
    private static final int FIRST_NODE = 10;
    private static final int BITS = 32;
    private static final Pattern RANGE = Pattern.compile("\\b(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)(?:/(\\d+))?\\b");

    /** The first plan that meets none of the ranges that the routes of this machine name. */
    static Addresses apartFrom(String routes) {
        return IntStream.range(0, PLANS)
                .mapToObj(Addresses::new)
                .filter(candidate -> destinations(routes)
                        .noneMatch(used -> overlap(used, candidate.network()) || overlap(used, candidate.pods())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "all of 172.30.0.0/20 or of 10.240.0.0/12 is in use:" + " end a cluster, or see `ip route`"));
    }

    /** Where this machine is seen by the nodes, and they by it. */
    String network() {
        return "172.30." + plan + ".0/24";
    }

    /** This machine's: the API server is there. */
    String machine() {
        return host(1);
    }

    /** The bridge's: the DNS server is there. */
    String bridge() {
        return host(2);
    }

    String node(int number) {
        return host(FIRST_NODE + number);
    }

    private String host(int host) {
        return "172.30." + plan + "." + host;
    }

    /** Of all pods. */
    String pods() {
        return "10." + (240 + plan) + ".0.0/16";
    }

    String podsOf(int number) {
        return "10." + (240 + plan) + "." + number + ".0/24";
    }

    /** Of each route where it leads, in the words of {@code ip route}. */
    private static Stream<String> destinations(String routes) {
        return routes.lines().flatMap(line -> firstRange(line).stream());
    }

    private static Optional<String> firstRange(String line) {
        return line.startsWith("default")
                ? Optional.empty()
                : RANGE.matcher(line).results().map(found -> found.group()).findFirst();
    }

    private static boolean overlap(String one, String other) {
        int shared = Math.min(length(one), length(other));
        return shared == 0 || (bits(one) ^ bits(other)) >>> (BITS - shared) == 0;
    }

    private static int length(String range) {
        int slash = range.indexOf('/');
        return slash < 0 ? BITS : Integer.parseInt(range.substring(slash + 1));
    }

    private static int bits(String range) {
        int slash = range.indexOf('/');
        int bits = 0;
        for (var part : (slash < 0 ? range : range.substring(0, slash)).split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(part);
        }
        return bits;
    }
}
