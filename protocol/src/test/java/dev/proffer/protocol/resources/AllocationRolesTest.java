package dev.proffer.protocol.resources;

import static dev.proffer.protocol.resources.WireResources.resources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.model.RolePath;
import org.junit.jupiter.api.Test;

class AllocationRolesTest {
    private static final String CPUS = "name: 'cpus' type: SCALAR scalar { value: 2 } ";
    private static final String TO_ENG = CPUS + "allocation_info { role: 'eng' }";
    private static final String TO_OPS = CPUS + "allocation_info { role: 'ops' }";

    @Test
    void onlyWhatHasNoRoleIsFilledIn() {
        assertThat(AllocationRoles.fillIn(resources(CPUS, TO_OPS, CPUS + "allocation_info { }"), new RolePath("eng")))
                .isEqualTo(resources(TO_ENG, TO_OPS, TO_ENG));
    }

    @Test
    void rolesAreStripped() {
        assertThat(AllocationRoles.strip(resources(CPUS, TO_OPS))).isEqualTo(resources(CPUS, CPUS));
    }

    @Test
    void resourcesOfAnotherRoleAreRefused() {
        assertThatNoException().isThrownBy(() -> AllocationRoles.check(resources(CPUS, TO_ENG), new RolePath("eng")));
        assertThatThrownBy(() -> AllocationRoles.check(resources(TO_ENG, TO_OPS), new RolePath("eng")))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessage("Invalid resource 'cpus': allocated to role 'ops', but was offered to role 'eng'");
    }

    @Test
    void theCommonRoleIsThatOfAll() throws InvalidResourceException {
        assertThat(AllocationRoles.commonRole(resources())).isEmpty();
        assertThat(AllocationRoles.commonRole(resources(CPUS, CPUS))).isEmpty();
        assertThat(AllocationRoles.commonRole(resources(TO_ENG, TO_ENG))).contains("eng");
        assertThatThrownBy(() -> AllocationRoles.commonRole(resources(TO_ENG, TO_OPS)))
                .hasMessageContaining("allocated to role 'ops', but the one before to role 'eng'");
        assertThatThrownBy(() -> AllocationRoles.commonRole(resources(TO_ENG, CPUS)))
                .hasMessageContaining("allocated to no role, but the one before to role 'eng'");
    }
}
