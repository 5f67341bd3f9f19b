package dev.proffer.master.core.policy;

import dev.proffer.model.Principal;
import dev.proffer.model.RolePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A Framework object: an admission, not one framework id. It asks for roles; whether its subjects may use them is the roles'
 * to say.
 *
 * @param subjects who may subscribe as it
 * @param roles the only ones that its frameworks may subscribe to; empty for all that are granted
 * @param maxInstances how many frameworks may be subscribed as it at one time
 * @param maxFailoverTimeout up to which their failover time-outs count
 */
public record DeclaredFramework(
        List<Subject> subjects,
        List<RolePath> roles,
        OptionalInt maxInstances,
        Optional<Duration> maxFailoverTimeout,
        DeletionPolicy deletionPolicy) {
    /** What becomes of its frameworks when the object is deleted. */
    public enum DeletionPolicy {
        /** They may come back within their failover time-out. */
        RETAIN,
        /** They are removed, and their tasks end. */
        TEARDOWN
    }

    public DeclaredFramework {
        subjects = List.copyOf(subjects);
        roles = List.copyOf(roles);
    }

    /** Asks for nothing but to be admitted. */
    public static DeclaredFramework of(Subject... subjects) {
        return new DeclaredFramework(
                List.of(subjects), List.of(), OptionalInt.empty(), Optional.empty(), DeletionPolicy.RETAIN);
    }

    public boolean includes(Principal principal) {
        return subjects.stream().anyMatch(subject -> subject.includes(principal));
    }
}
