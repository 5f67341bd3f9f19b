package dev.proffer.model;

import java.util.List;
import java.util.Optional;

/**
 * Who was authenticated, as Kubernetes names users and groups.
 *
 * @param name of the user; of a service account {@code system:serviceaccount:<namespace>:<name>}
 * @param groups that it belongs to
 */
public record Principal(String name, List<String> groups) {
    /** Who has proved nothing. */
    public static final Principal ANONYMOUS = new Principal("system:anonymous", List.of("system:unauthenticated"));

    private static final String SERVICE_ACCOUNT_PREFIX = "system:serviceaccount:";

    /** Whom a pod acts for. */
    public record ServiceAccount(String namespace, String name) {}

    public Principal {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a principal's name must not be empty");
        }
        groups = List.copyOf(groups);
    }

    public static Principal named(String name) {
        return new Principal(name, List.of());
    }

    /** With the groups that Kubernetes gives to every service account. */
    public static Principal serviceAccount(String namespace, String name) {
        return new Principal(
                SERVICE_ACCOUNT_PREFIX + namespace + ":" + name,
                List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"));
    }

    /** Its namespace and short name, if it is a service account. */
    public Optional<ServiceAccount> serviceAccount() {
        if (!name.startsWith(SERVICE_ACCOUNT_PREFIX)) {
            return Optional.empty();
        }
        var parts = name.substring(SERVICE_ACCOUNT_PREFIX.length()).split(":", -1);
        return parts.length == 2 && !parts[0].isEmpty() && !parts[1].isEmpty()
                ? Optional.of(new ServiceAccount(parts[0], parts[1]))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return name;
    }
}
