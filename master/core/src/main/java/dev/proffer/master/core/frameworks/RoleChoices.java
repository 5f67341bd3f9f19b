package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.cluster.RoleChoice;
import dev.proffer.master.core.validation.FrameworkValidation;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;

/** Which offers a framework wants, out of a valid SUBSCRIBE. */
final class RoleChoices {
    private RoleChoices() {}

    static RoleChoice of(Call.Subscribe subscribe) {
        return new RoleChoice(
                roles(subscribe.getFrameworkInfo()),
                roles(subscribe.getSuppressedRolesList()),
                ConstraintsReader.read(subscribe.getOfferConstraints()));
    }

    static List<RolePath> roles(FrameworkInfo info) {
        return roles(FrameworkValidation.rolesOf(info));
    }

    private static List<RolePath> roles(List<String> names) {
        return names.stream().distinct().map(RolePath::new).toList();
    }
}
