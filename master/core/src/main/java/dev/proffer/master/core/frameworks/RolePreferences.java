package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;

/** SUPPRESS and REVIVE: for which of its roles a framework wants offers. One wrong role voids the call, as in Mesos. */
public final class RolePreferences {
    private final Books books;

    public RolePreferences(Books books) {
        this.books = books;
    }

    public void suppress(Moment now, Framework framework, List<String> roles) {
        named(framework, roles).ifPresent(named -> {
            framework.choose(framework.roles().suppress(named));
            books.suppressed(now, framework, named);
        });
    }

    public void revive(Moment now, Framework framework, List<String> roles) {
        named(framework, roles).ifPresent(named -> {
            framework.choose(framework.roles().revive(named));
            books.revived(now, framework, named);
        });
    }

    /** The roles, or nothing if one of them is not the framework's. */
    private static Optional<List<RolePath>> named(Framework framework, List<String> roles) {
        var subscribed = framework.roles().subscribed();
        var named = roles.stream()
                .distinct()
                .flatMap(role -> subscribed.stream().filter(own -> own.value().equals(role)))
                .toList();
        return named.size() == roles.stream().distinct().count() ? Optional.of(named) : Optional.empty();
    }
}
