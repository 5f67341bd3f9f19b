package dev.proffer.model;

import java.util.Optional;

/** One entry of a reservation stack. Principal and labels are part of its identity. */
public record Reservation(Kind kind, RolePath role, Optional<String> principal, Labels labels) {
    /** STATIC: from the agent's configuration, unchangeable. DYNAMIC: made while it runs. */
    public enum Kind {
        STATIC,
        DYNAMIC
    }

    public Reservation {
        if (role.equals(RolePath.STAR)) {
            throw new IllegalArgumentException("nothing can be reserved for role '*'");
        }
    }

    public static Reservation fixed(RolePath role) {
        return new Reservation(Kind.STATIC, role, Optional.empty(), Labels.NONE);
    }

    public static Reservation dynamic(RolePath role) {
        return new Reservation(Kind.DYNAMIC, role, Optional.empty(), Labels.NONE);
    }
}
