package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.policy.AdmissionRules;
import dev.proffer.master.core.policy.DeclaredFramework;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.policy.PolicyInForce;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Principal;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.FrameworkInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Applies the rules of admission to the frameworks that there are. */
public final class Admissions {
    private final Cluster cluster;
    private final PolicyInForce policy;

    public Admissions(Desk desk) {
        this.cluster = desk.cluster();
        this.policy = desk.policy();
    }

    /** Whether anything can be judged yet. */
    boolean arePossible() {
        return policy.isKnown();
    }

    /** Whether a framework may subscribe, and with all of its roles. */
    AdmissionRules.Verdict judge(FrameworkInfo info, List<RolePath> roles, Optional<Principal> who) {
        var rules = new AdmissionRules(policy.get(), who);
        var id = info.getId().getValue();
        boolean isKnown =
                !id.isEmpty() && cluster.frameworks().find(new FrameworkId(id)).isPresent();
        var verdict = rules.judge(info, isKnown, object -> othersOf(object, id));
        if (verdict instanceof AdmissionRules.Verdict.Admitted(var as)) {
            return roles.stream()
                    .flatMap(role -> rules.roleProblem(role, as).stream())
                    .findFirst()
                    .<AdmissionRules.Verdict>map(AdmissionRules.Verdict.Refused::new)
                    .orElse(verdict);
        }
        return verdict;
    }

    private int othersOf(ObjectName object, String id) {
        return (int) cluster.frameworks().all().stream()
                .filter(framework -> !framework.id().value().equals(id) && isOf(framework, object))
                .count();
    }

    /** Whether it was admitted as this, or, of one that has not come back yet, could be by the principal it had. */
    public boolean isOf(Framework framework, ObjectName object) {
        if (!framework.isRecovered()) {
            return framework.admittedAs().filter(object::equals).isPresent();
        }
        var principal = framework.info().getPrincipal();
        return !principal.isEmpty()
                && new AdmissionRules(policy.get(), Optional.of(Principal.named(principal))).isAdmittedBy(object);
    }

    /** Why the framework may not use one of its roles. */
    public Optional<String> roleProblem(Framework framework, RolePath role) {
        return new AdmissionRules(policy.get(), framework.principal()).roleProblem(role, framework.admittedAs());
    }

    /** Which of the roles the framework may not use any more. */
    public List<RolePath> withheldRoles(Framework framework) {
        var rules = new AdmissionRules(policy.get(), framework.principal());
        return framework.roles().subscribed().stream()
                .filter(role -> rules.roleProblem(role, framework.admittedAs()).isPresent())
                .toList();
    }

    /** As what the framework may go on: as before, if that still holds. */
    public AdmissionRules.Verdict judgeAgain(Framework framework) {
        var rules = new AdmissionRules(policy.get(), framework.principal());
        return framework.admittedAs().filter(rules::isAdmittedBy).isPresent()
                ? new AdmissionRules.Verdict.Admitted(framework.admittedAs())
                : rules.judge(
                        framework.info(),
                        /* isKnown= */ true,
                        object -> othersOf(object, framework.id().value()));
    }

    /** How long the framework may stay away. */
    Duration failoverTimeout(Framework framework) {
        double seconds = Math.max(0, framework.info().getFailoverTimeout());
        var asked = Duration.ofNanos((long) (seconds * 1e9));
        return framework
                .admittedAs()
                .flatMap(policy.get().admission()::find)
                .flatMap(DeclaredFramework::maxFailoverTimeout)
                .filter(most -> most.compareTo(asked) < 0)
                .orElse(asked);
    }
}
