package dev.proffer.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** Who the framework is. Asked for each request, on the thread that sends it, so that what expires can be renewed. */
@FunctionalInterface
public interface Credentials {
    /**
     * The value of the {@code Authorization} header, if there is to be one.
     *
     * @throws IOException if it cannot be had now; the request fails, and is tried again as if the network had failed
     */
    Optional<String> authorization() throws IOException;

    static Credentials none() {
        return Optional::empty;
    }

    /**
     * Name and password as Mesos knows them.
     *
     * @throws IllegalArgumentException if a colon would make them unreadable
     */
    static Credentials basic(String principal, String secret) {
        if (principal.contains(":") || secret.contains(":")) {
            throw new IllegalArgumentException("neither principal nor secret may contain ':'; choose another one");
        }
        var pair = (principal + ":" + secret).getBytes(StandardCharsets.UTF_8);
        var header = "Basic " + Base64.getEncoder().encodeToString(pair);
        return () -> Optional.of(header);
    }

    /** The token in {@code file}, read anew for each request: a projected service-account token in a pod. */
    static Credentials tokenFile(Path file) {
        return () -> Optional.of(
                "Bearer " + Files.readString(file, StandardCharsets.US_ASCII).strip());
    }
}
