package dev.proffer.protocol.resources;

import static dev.proffer.protocol.resources.WireResources.offer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.Offer;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

/** As in Mesos' tests of offers to frameworks without MULTI_ROLE or RESERVATION_REFINEMENT. */
class OfferViewTest {
    private static final String HEAD =
            "id { value: 'o' } framework_id { value: 'f' } agent_id { value: 'a' } hostname: 'h' ";
    private static final String ALLOCATED = "allocation_info { role: 'eng/web' } ";
    private static final String STATIC = "reservations { role: 'eng' type: STATIC } ";
    private static final String DYNAMIC = "reservations { role: 'eng' type: DYNAMIC principal: 'p' } ";
    private static final String REFINED = STATIC + "reservations { role: 'eng/web' type: DYNAMIC } ";

    private static final Offer OFFER = offer(HEAD + ALLOCATED
            + cpus(ALLOCATED)
            + cpus(ALLOCATED + STATIC)
            + cpus(ALLOCATED + DYNAMIC)
            + cpus(ALLOCATED + REFINED)
            + "resources { name: 'ephemeral_ports' type: RANGES ranges { range { begin: 1 end: 2 } } }");

    private static String cpus(String more) {
        return "resources { name: 'cpus' type: SCALAR scalar { value: 1 } " + more + "} ";
    }

    @Test
    void aModernFrameworkSeesStacksAndAllocationRoles() {
        assertThat(OfferView.of(OFFER, EnumSet.of(Capability.Type.MULTI_ROLE, Capability.Type.RESERVATION_REFINEMENT)))
                .isEqualTo(offer(HEAD
                        + ALLOCATED
                        + cpus(ALLOCATED)
                        + cpus(ALLOCATED + STATIC)
                        + cpus(ALLOCATED + DYNAMIC)
                        + cpus(ALLOCATED + REFINED)));
    }

    @Test
    void withoutRefinementReservationsAreInTheOldFormat() {
        assertThat(OfferView.of(OFFER, EnumSet.of(Capability.Type.MULTI_ROLE)))
                .isEqualTo(offer(HEAD
                        + ALLOCATED
                        + cpus(ALLOCATED + "role: '*'")
                        + cpus(ALLOCATED + "role: 'eng'")
                        + cpus(ALLOCATED + "role: 'eng' reservation { principal: 'p' }")));
    }

    @Test
    void withoutMultiRoleNoAllocationRoleIsShown() {
        assertThat(OfferView.of(OFFER, EnumSet.of(Capability.Type.RESERVATION_REFINEMENT)))
                .isEqualTo(offer(HEAD + cpus("") + cpus(STATIC) + cpus(DYNAMIC) + cpus(REFINED)));
    }

    @Test
    void anOldFrameworkSeesNeither() {
        assertThat(OfferView.of(OFFER, EnumSet.noneOf(Capability.Type.class)))
                .isEqualTo(offer(HEAD
                        + cpus("role: '*'")
                        + cpus("role: 'eng'")
                        + cpus("role: 'eng' reservation { principal: 'p' }")));
    }
}
