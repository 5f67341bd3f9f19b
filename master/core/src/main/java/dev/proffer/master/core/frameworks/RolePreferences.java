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
            usable(framework, named).ifPresent(usable -> books.suppressed(now, framework, usable));
        });
    }

    public void revive(Moment now, Framework framework, List<String> roles) {
        named(framework, roles).ifPresent(named -> {
            framework.choose(framework.roles().revive(named));
            usable(framework, named).ifPresent(usable -> books.revived(now, framework, usable));
        });
    }

    /** Those of them that the allocator knows of; nothing if none are left, for no roles would mean all. */
    private static Optional<List<RolePath>> usable(Framework framework, List<RolePath> named) {
        var usable = named.stream()
                .filter(role -> !framework.roles().withheld().contains(role))
                .toList();
        return usable.isEmpty() && !named.isEmpty() ? Optional.empty() : Optional.of(usable);
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
