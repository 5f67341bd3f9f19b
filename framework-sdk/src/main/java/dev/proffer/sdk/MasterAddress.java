package dev.proffer.sdk;

import java.net.URI;
import java.util.Locale;

/** Where a master listens: a URL of scheme http or https, perhaps with a path before the API's own. */
public record MasterAddress(URI url) {
    private static final String SCHEDULER_API = "/api/v1/scheduler";

    public MasterAddress {
        var scheme = url.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException(
                    "master '" + url + "' must begin with http:// or https://, such as http://localhost:5050");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException(
                    "master '" + url + "' names no host; write for example http://localhost:5050");
        }
    }

    /**
     * Reads a URL, or {@code host:port} for plain HTTP.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static MasterAddress parse(String text) {
        var url = text.strip();
        if (url.toLowerCase(Locale.ROOT).startsWith("zk://")) {
            throw new IllegalArgumentException(
                    "master '" + url + "' is a ZooKeeper address; name the master itself, such as http://proffer:5050");
        }
        return new MasterAddress(URI.create(url.contains("://") ? url : "http://" + url));
    }

    /** Where calls of schedulers go. */
    public URI schedulerApi() {
        var path = url.getRawPath() == null ? "" : url.getRawPath();
        var prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return url.resolve(prefix + SCHEDULER_API);
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
