package dev.proffer.master.core.policy;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who may subscribe.
 *
 * @param frameworks the Framework objects that count
 * @param undeclared who may subscribe without one
 * @param ungrantedRoles whether all may use roles that, like those above them, are granted to nobody
 */
public record Admission(
        SortedMap<ObjectName, DeclaredFramework> frameworks, Undeclared undeclared, boolean ungrantedRoles) {
    /** Everybody may. */
    public static final Admission OPEN = new Admission(new TreeMap<>(), Undeclared.ANYBODY, true);

    /** Nobody may. */
    public static final Admission CLOSED = new Admission(new TreeMap<>(), Undeclared.NOBODY, false);

    /** Who may subscribe without a Framework object. */
    public enum Undeclared {
        NOBODY,
        /** Whoever proves who they are. */
        AUTHENTICATED,
        /** Whomever a listener lets in. */
        ANYBODY
    }

    public Admission {
        frameworks = Collections.unmodifiableSortedMap(new TreeMap<>(frameworks));
    }

    public Admission with(ObjectName name, DeclaredFramework framework) {
        var more = new TreeMap<>(frameworks);
        more.put(name, framework);
        return new Admission(more, undeclared, ungrantedRoles);
    }

    public Optional<DeclaredFramework> find(ObjectName name) {
        return Optional.ofNullable(frameworks.get(name));
    }

    public Admission without(ObjectName name) {
        var rest = new TreeMap<>(frameworks);
        rest.remove(name);
        return new Admission(rest, undeclared, ungrantedRoles);
    }
}
