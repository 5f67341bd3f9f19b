package dev.proffer.master.edge.policy;

import dev.proffer.crds.framework.Framework;
import dev.proffer.crds.judgement.Judge;
import dev.proffer.crds.judgement.Ruling;
import dev.proffer.crds.quota.Quota;
import dev.proffer.crds.reservation.Reservation;
import dev.proffer.crds.role.Role;
import dev.proffer.master.core.policy.Policy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What objects come to as policy. One that is not valid counts as it was when it last was, since a slip of the pen must not
 * lift a limit. One thread.
 */
final class PolicyReader {
    private final LastGood<Role> lastRoles = new LastGood<>();
    private final LastGood<Quota> lastQuotas = new LastGood<>();
    private final LastGood<Reservation> lastReservations = new LastGood<>();
    private final LastGood<Framework> lastFrameworks = new LastGood<>();

    Policy read(PolicyObjects objects) {
        var asTheyAre = Judge.judge(objects.roles(), objects.quotas(), objects.reservations(), null);
        var roles = lastRoles.mend(objects.roles(), role -> isValid(asTheyAre.roles(), role));
        var quotas = lastQuotas.mend(objects.quotas(), quota -> isValid(asTheyAre.quotas(), quota));
        var reservations = lastReservations.mend(
                objects.reservations(), reservation -> isValid(asTheyAre.reservations(), reservation));
        var frameworks = lastFrameworks.mend(
                objects.frameworks(),
                framework -> Admissions.problemWith(framework).isEmpty());
        var judgement = Judge.judge(roles, quotas, reservations, null);
        return new Policy(
                Declarations.roles(inForce(roles, judgement.roles())),
                Declarations.quotas(inForce(quotas, judgement.quotas())),
                Declarations.reservations(inForce(reservations, judgement.reservations())),
                Admissions.admission(objects.cluster(), frameworks),
                Admissions.tasks(objects.cluster().getSpec().taskPolicies()),
                Declarations.pools(objects.cluster().getSpec().agentPools()));
    }

    private static boolean isValid(Map<String, Ruling> rulings, HasMetadata object) {
        return !ruling(rulings, object).isInvalid();
    }

    private static <T extends HasMetadata> List<T> inForce(List<T> objects, Map<String, Ruling> rulings) {
        return objects.stream()
                .filter(object -> ruling(rulings, object).inForce())
                .toList();
    }

    private static Ruling ruling(Map<String, Ruling> rulings, HasMetadata object) {
        return Objects.requireNonNull(rulings.get(object.getMetadata().getName()));
    }
}
