package dev.proffer.protocol.resources;

import static dev.proffer.protocol.resources.WireResources.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceWriterTest {
    private static final RolePath ENG = new RolePath("eng");
    private static final String CPUS = "name: 'cpus' type: SCALAR scalar { value: 2 } ";
    private static final Resource FREE = Resource.scalar("cpus", 2);
    private static final Resource FIXED = FREE.reserved(Reservation.fixed(ENG));
    private static final Resource DYNAMIC = FREE.reserved(
            new Reservation(Reservation.Kind.DYNAMIC, ENG, Optional.of("ann"), dev.proffer.model.Labels.NONE));
    private static final Resource REFINED = FIXED.reserved(Reservation.dynamic(new RolePath("eng/web")));

    @Test
    void theRefinedFormatNeverStatesARole() {
        assertThat(write(FREE, ReservationFormat.REFINED)).isEqualTo(resource(CPUS));
        assertThat(write(FIXED, ReservationFormat.REFINED))
                .isEqualTo(resource(CPUS + "reservations { role: 'eng' type: STATIC }"));
        assertThat(write(DYNAMIC, ReservationFormat.REFINED))
                .isEqualTo(resource(CPUS + "reservations { principal: 'ann' role: 'eng' type: DYNAMIC }"));
        assertThat(write(REFINED, ReservationFormat.REFINED))
                .isEqualTo(resource(CPUS
                        + "reservations { role: 'eng' type: STATIC } reservations { role: 'eng/web' type: DYNAMIC }"));
    }

    @Test
    void theOldFormatAlwaysStatesARole() {
        assertThat(write(FREE, ReservationFormat.OLD)).isEqualTo(resource(CPUS + "role: '*'"));
        assertThat(write(FIXED, ReservationFormat.OLD)).isEqualTo(resource(CPUS + "role: 'eng'"));
        assertThat(write(DYNAMIC, ReservationFormat.OLD))
                .isEqualTo(resource(CPUS + "role: 'eng' reservation { principal: 'ann' }"));
        assertThatIllegalArgumentException().isThrownBy(() -> write(REFINED, ReservationFormat.OLD));
    }

    @Test
    void operatorsSeeBothFormats() {
        assertThat(write(FREE, ReservationFormat.BOTH)).isEqualTo(resource(CPUS + "role: '*'"));
        assertThat(write(FIXED, ReservationFormat.BOTH))
                .isEqualTo(resource(CPUS + "role: 'eng' reservations { role: 'eng' type: STATIC }"));
        assertThat(write(DYNAMIC, ReservationFormat.BOTH))
                .isEqualTo(resource(CPUS + "role: 'eng' reservation { principal: 'ann' }"
                        + " reservations { principal: 'ann' role: 'eng' type: DYNAMIC }"));
        assertThat(write(REFINED, ReservationFormat.BOTH)).isEqualTo(write(REFINED, ReservationFormat.REFINED));
    }

    @Test
    void theAllocationRoleIsAttached() {
        assertThat(ResourceWriter.write(
                        Resources.of(FREE), ReservationFormat.REFINED, Optional.of(new RolePath("eng/web"))))
                .containsExactly(resource(CPUS + "allocation_info { role: 'eng/web' }"));
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws InvalidResourceException {
        var volume = ResourceReader.readOne(resource("""
                name: 'disk' type: SCALAR scalar { value: 64 } shared { } provider_id { value: 'rp' }
                reservations { role: 'eng' type: DYNAMIC principal: 'p' labels { labels { key: 'a' value: '' } } }
                disk {
                  persistence { id: 'v1' principal: 'ann' }
                  volume { container_path: 'data' mode: RW }
                  source { type: PATH path { root: '/mnt/1' } id: 'd1' profile: 'fast' vendor: 'acme'
                           metadata { labels { key: 'k' } } }
                }"""));
        var raw = ResourceReader.readOne(
                resource("name: 'disk' type: SCALAR scalar { value: 1 } disk { source { type: RAW } }"));
        var block = ResourceReader.readOne(
                resource("name: 'disk' type: SCALAR scalar { value: 1 } disk { source { type: BLOCK id: 'b' } }"));
        var mount = ResourceReader.readOne(
                resource("name: 'disk' type: SCALAR scalar { value: 1 } disk { source { type: MOUNT mount { } } }"));
        var resources = Resources.parse("cpus:0.001;mem(eng):5;ports:[1-2,9-9];zones:{a,b}")
                .plus(Resources.of(List.of(volume, raw, block, mount, FREE.asRevocable(), REFINED, DYNAMIC)));

        assertThat(ResourceReader.read(ResourceWriter.write(resources, ReservationFormat.REFINED, Optional.empty())))
                .isEqualTo(resources);
        var expressible = resources.filter(resource -> !resource.isRefined());
        assertThat(ResourceReader.read(ResourceWriter.write(expressible, ReservationFormat.OLD, Optional.empty())))
                .isEqualTo(expressible);
    }

    private static dev.proffer.protocol.v1.Resource write(Resource resource, ReservationFormat format) {
        return ResourceWriter.write(Resources.of(resource), format, Optional.empty())
                .getFirst();
    }
}
