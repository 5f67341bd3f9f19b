package dev.proffer.sdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What a pod's environment says about the masters.
 *
 * <ul>
 *   <li>{@code PROFFER_MASTER}: URLs, with commas between them, such as {@code https://proffer.proffer.svc:5050}
 *   <li>{@code PROFFER_CA_FILE}: PEM file of whom to trust to name masters; without it, those that the JVM trusts
 *   <li>{@code PROFFER_TOKEN_FILE}: the pod's token for masters; or
 *   <li>{@code PROFFER_PRINCIPAL} and {@code PROFFER_SECRET_FILE}: a name, and the file with its secret
 *   <li>{@code PROFFER_ROLES}: the roles that want offers, with commas between them; without it, {@code *}
 * </ul>
 *
 * Files are read each time that they are needed, so they may be replaced.
 */
public final class PodEnvironment {
    static final String MASTER = "PROFFER_MASTER";
    static final String CA_FILE = "PROFFER_CA_FILE";
    static final String TOKEN_FILE = "PROFFER_TOKEN_FILE";
    static final String PRINCIPAL = "PROFFER_PRINCIPAL";
    static final String SECRET_FILE = "PROFFER_SECRET_FILE";
    static final String ROLES = "PROFFER_ROLES";

    private final Map<String, String> variables;

    private PodEnvironment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public static PodEnvironment of(Map<String, String> variables) {
        return new PodEnvironment(variables);
    }

    /** @throws IllegalArgumentException if a variable is missing or makes no sense; the message names it */
    public SchedulerConfig configure(String name) {
        var masters = value(MASTER)
                .orElseThrow(() -> new IllegalArgumentException(
                        MASTER + " is not set; name a master, such as https://proffer.proffer.svc:5050"));
        var config = SchedulerConfig.of(name, list(masters))
                .withCredentials(credentials())
                .withRoles(list(value(ROLES).orElse(SchedulerConfig.DEFAULT_ROLE)));
        return value(CA_FILE)
                .map(file -> config.withCertificateAuthority(Path.of(file)))
                .orElse(config);
    }

    private static String[] list(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toArray(String[]::new);
    }

    private Credentials credentials() {
        var token = value(TOKEN_FILE);
        var principal = value(PRINCIPAL);
        var secret = value(SECRET_FILE);
        if (principal.isPresent() != secret.isPresent()) {
            throw new IllegalArgumentException(PRINCIPAL + " and " + SECRET_FILE + " go together: set both or none");
        }
        if (token.isPresent() && principal.isPresent()) {
            throw new IllegalArgumentException(
                    TOKEN_FILE + " and " + PRINCIPAL + " are both set: choose one way to say who the framework is");
        }
        if (token.isPresent()) {
            return Credentials.tokenFile(Path.of(token.get()));
        }
        return principal.isEmpty() ? Credentials.none() : secretFile(principal.get(), Path.of(secret.orElseThrow()));
    }

    private static Credentials secretFile(String principal, Path file) {
        return () -> {
            var secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            try {
                return Credentials.basic(principal, secret).authorization();
            } catch (IllegalArgumentException unusable) {
                throw new IOException(file + ": " + unusable.getMessage(), unusable);
            }
        };
    }

    private Optional<String> value(String variable) {
        return Optional.ofNullable(variables.get(variable)).filter(text -> !text.isBlank());
    }
}
