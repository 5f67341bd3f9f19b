package dev.proffer.master.core.policy;

import dev.proffer.model.Principal;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Who may subscribe as what, and with which roles. */
public final class AdmissionRules {
    private static final String SYSTEM_PREFIX = "system:";

    private final Policy policy;
    private final Principal who;
    private final boolean isProved;

    /** @param who was authenticated, if anybody was */
    public AdmissionRules(Policy policy, Optional<Principal> who) {
        this.policy = policy;
        this.who = who.orElse(Principal.ANONYMOUS);
        this.isProved = who.isPresent();
    }

    /** Whether and as what somebody may subscribe. */
    public sealed interface Verdict {
        /** @param as the Framework object that admits, if it needs one */
        record Admitted(Optional<ObjectName> as) implements Verdict {}

        record Refused(String problem) implements Verdict {}
    }

    /**
     * Whether somebody may subscribe at all. Of several Framework objects that would admit, the one of the framework's own
     * name comes first, then the first by name; one that has room before one that is full.
     *
     * @param isKnown whether it is one of those that there are: then it has its place already
     * @param instances how many other frameworks are subscribed as that object
     */
    public Verdict judge(FrameworkInfo info, boolean isKnown, ToIntFunction<ObjectName> instances) {
        var claim = claimProblem(info);
        if (claim.isPresent()) {
            return new Verdict.Refused(claim.get());
        }
        var objects = objects(info.getName());
        var withRoom = objects.stream()
                .filter(name -> fullProblem(name, instances).isEmpty())
                .findFirst();
        var first = objects.stream().findFirst();
        if (withRoom.isPresent() || (isKnown && first.isPresent())) {
            return new Verdict.Admitted(withRoom.or(() -> first));
        }
        return first.flatMap(name -> fullProblem(name, instances))
                .<Verdict>map(Verdict.Refused::new)
                .orElseGet(this::undeclared);
    }

    /** The Framework objects that name this principal, those of that name first. */
    public List<ObjectName> objects(String frameworkName) {
        return policy.admission().frameworks().entrySet().stream()
                .filter(entry -> entry.getValue().includes(who))
                .map(entry -> entry.getKey())
                .sorted(Comparator.comparing(object -> !object.name().equals(frameworkName)))
                .toList();
    }

    /** Whether the object admits this principal. */
    public boolean isAdmittedBy(ObjectName name) {
        return policy.admission()
                .find(name)
                .filter(object -> object.includes(who))
                .isPresent();
    }

    private Verdict undeclared() {
        return switch (policy.admission().undeclared()) {
            case ANYBODY -> new Verdict.Admitted(Optional.empty());
            case AUTHENTICATED ->
                isProved
                        ? new Verdict.Admitted(Optional.empty())
                        : new Verdict.Refused("Clients without credentials are not admitted: send credentials");
            case NOBODY ->
                new Verdict.Refused("'" + who
                        + "' is not admitted: create a Framework object that names it, in a namespace that the cluster"
                        + " admits");
        };
    }

    /** Who proves nothing may not pass for somebody who could. */
    private Optional<String> claimProblem(FrameworkInfo info) {
        boolean believed = isProved
                || !info.hasPrincipal()
                || (policy.admission().undeclared() == Admission.Undeclared.ANYBODY
                        && !info.getPrincipal().startsWith(SYSTEM_PREFIX));
        return believed
                ? Optional.empty()
                : Optional.of("'FrameworkInfo.principal' is '" + info.getPrincipal()
                        + "', but this client has not proved to be that; send credentials or leave it unset");
    }

    private Optional<String> fullProblem(ObjectName name, ToIntFunction<ObjectName> instances) {
        var most = object(name).maxInstances();
        return most.isPresent() && instances.applyAsInt(name) >= most.getAsInt()
                ? Optional.of(
                        "Framework object " + name + " admits " + most.getAsInt()
                                + " instances, and so many there are; subscribe with the id of one of them, or raise 'maxInstances'")
                : Optional.empty();
    }

    /** Why a framework that was admitted as this may not use the role. */
    public Optional<String> roleProblem(RolePath role, Optional<ObjectName> as) {
        var gone = as.filter(name -> policy.admission().find(name).isEmpty());
        if (gone.isPresent()) {
            return Optional.of("Framework object " + gone.get() + " is no more; create it again");
        }
        var asked = as.map(name -> object(name).roles()).orElse(List.of());
        if (!asked.isEmpty() && !asked.contains(role)) {
            return Optional.of("Role '" + role + "' is not among those that Framework object " + as.orElseThrow()
                    + " asks for; add it to its 'roles'");
        }
        return isGranted(role)
                ? Optional.empty()
                : Optional.of("Role '" + role + "' is not granted to '" + who
                        + "'; add it to 'allowedSubjects' of a Role object for this role or one above it");
    }

    private boolean isGranted(RolePath role) {
        boolean grantedToSome = false;
        for (var path = Optional.of(role); path.isPresent(); path = path.get().parent()) {
            var subjects = policy.role(path.get()).allowedSubjects();
            if (subjects.stream().anyMatch(subject -> subject.includes(who))) {
                return true;
            }
            grantedToSome |= !subjects.isEmpty();
        }
        return !grantedToSome && policy.admission().ungrantedRoles();
    }

    private DeclaredFramework object(ObjectName name) {
        return policy.admission()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no Framework object " + name));
    }
}
