package dev.proffer.protocol.resources;

import dev.proffer.model.RolePath;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Resource.AllocationInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The role that resources on the wire are allocated to, which is a mark on the message and not part of the resource. */
public final class AllocationRoles {
    private AllocationRoles() {}

    /** {@code resources}, with those that have no allocation role allocated to {@code role}. Others stay as they are. */
    public static List<Resource> fillIn(List<Resource> resources, RolePath role) {
        var info = info(role);
        var filled = new ArrayList<Resource>(resources.size());
        for (var resource : resources) {
            filled.add(
                    resource.getAllocationInfo().hasRole()
                            ? resource
                            : resource.toBuilder().setAllocationInfo(info).build());
        }
        return filled;
    }

    /** {@code resources} without any allocation role. */
    public static List<Resource> strip(List<Resource> resources) {
        var stripped = new ArrayList<Resource>(resources.size());
        for (var resource : resources) {
            stripped.add(
                    resource.hasAllocationInfo()
                            ? resource.toBuilder().clearAllocationInfo().build()
                            : resource);
        }
        return stripped;
    }

    /**
     * The one role that {@code resources} are allocated to, or nothing if none of them says.
     *
     * @throws InvalidResourceException if they disagree, or only some of them say
     */
    public static Optional<String> commonRole(List<Resource> resources) throws InvalidResourceException {
        Optional<String> common = Optional.empty();
        for (int i = 0; i < resources.size(); i++) {
            var resource = resources.get(i);
            var role = roleOf(resource);
            if (i > 0 && !role.equals(common)) {
                throw Rules.ofResource(resource.getName())
                        .violation("allocated to " + text(role) + ", but the one before to " + text(common)
                                + "; all must be allocated to one role");
            }
            common = role;
        }
        return common;
    }

    /**
     * Checks that no resource says that it is allocated to a role other than {@code expected}.
     *
     * @throws InvalidResourceException if one does
     */
    public static void check(List<Resource> resources, RolePath expected) throws InvalidResourceException {
        for (var resource : resources) {
            var role = roleOf(resource);
            if (role.isPresent() && !role.get().equals(expected.value())) {
                throw Rules.ofResource(resource.getName())
                        .violation(
                                "allocated to role '" + role.get() + "', but was offered to role '" + expected + "'");
            }
        }
    }

    static AllocationInfo info(RolePath role) {
        return AllocationInfo.newBuilder().setRole(role.value()).build();
    }

    private static Optional<String> roleOf(Resource resource) {
        return resource.getAllocationInfo().hasRole()
                ? Optional.of(resource.getAllocationInfo().getRole())
                : Optional.empty();
    }

    private static String text(Optional<String> role) {
        return role.map(name -> "role '" + name + "'").orElse("no role");
    }
}
