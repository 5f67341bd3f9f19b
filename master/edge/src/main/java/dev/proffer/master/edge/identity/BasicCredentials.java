package dev.proffer.master.edge.identity;

import dev.proffer.crds.access.BasicCredential;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Credentials by principal, of which one may have several. Immutable. */
public final class BasicCredentials {
    /** Compared with in place of an unknown principal's, so that the time does not tell who is known. */
    private static final List<BasicCredential> NOBODY =
            List.of(BasicCredential.ofFramework("nobody", "nobody", "nobody", "nobody", ""));

    private final Map<String, List<BasicCredential>> byPrincipal;

    private BasicCredentials(Map<String, List<BasicCredential>> byPrincipal) {
        this.byPrincipal = Map.copyOf(byPrincipal);
    }

    public static BasicCredentials of(Collection<BasicCredential> credentials) {
        return new BasicCredentials(credentials.stream()
                .distinct()
                .collect(Collectors.groupingBy(BasicCredential::principal, Collectors.toUnmodifiableList())));
    }

    /** Those of the principal that have this secret; none if it is wrong. */
    List<BasicCredential> proved(String principal, String secret) {
        var known = byPrincipal.get(principal);
        var matching = (known == null ? NOBODY : known)
                .stream().filter(credential -> credential.matches(secret)).toList();
        return known == null ? List.of() : matching;
    }

    /** Whether all of these are still there. */
    boolean include(List<BasicCredential> credentials) {
        return credentials.stream()
                .allMatch(credential -> byPrincipal
                        .getOrDefault(credential.principal(), List.of())
                        .contains(credential));
    }
}
