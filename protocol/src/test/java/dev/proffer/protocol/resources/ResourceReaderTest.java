package dev.proffer.protocol.resources;

import static dev.proffer.protocol.resources.WireResources.resource;
import static dev.proffer.protocol.resources.WireResources.resources;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.model.Disk;
import dev.proffer.model.Items;
import dev.proffer.model.Labels;
import dev.proffer.model.Ranges;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceReaderTest {
    private static final String CPUS = "name: 'cpus' type: SCALAR scalar { value: 2.5 }";

    @Test
    void allKindsOfValuesAreRead() throws InvalidResourceException {
        var read = ResourceReader.read(resources(
                CPUS,
                "name: 'ports' type: RANGES ranges { range { begin: 32000 end: 32010 } range { begin: 31000 end: 31999 } }",
                "name: 'zones' type: SET set { item: 'b' item: 'a' }"));

        assertThat(read)
                .isEqualTo(Resources.of(
                        Resource.scalar("cpus", 2.5),
                        Resource.of("ports", Ranges.of(31000, 32010)),
                        Resource.of("zones", Items.of(List.of("a", "b")))));
    }

    /** Real clients send {@code disk 0.0}. */
    @Test
    void whatAmountsToNothingIsDropped() throws InvalidResourceException {
        assertThat(ResourceReader.read(resources(
                        CPUS,
                        "name: 'disk' type: SCALAR scalar { value: 0 }",
                        "name: 'ports' type: RANGES ranges { }",
                        "name: 'zones' type: SET set { }")))
                .isEqualTo(Resources.of(Resource.scalar("cpus", 2.5)));
    }

    /** As in Mesos' ResourcesTest, Precision: three decimals. */
    @Test
    void scalarsAreRoundedToThousandths() throws InvalidResourceException {
        assertThat(ResourceReader.readOne(resource("name: 'cpus' type: SCALAR scalar { value: 1.0005001 }")))
                .isEqualTo(Resource.scalar("cpus", 1.001));
    }

    @Test
    void bothFormatsMeanTheSame() throws InvalidResourceException {
        var role = new RolePath("eng/web");
        var labelled = new Reservation(
                Reservation.Kind.DYNAMIC,
                role,
                Optional.of("ann"),
                new Labels(List.of(new Labels.Label("k", Optional.empty()))));

        assertThat(ResourceReader.readOne(resource(CPUS + " role: '*'")).reservations())
                .isEmpty();
        assertThat(ResourceReader.readOne(resource(CPUS + " role: 'eng/web'")).reservations())
                .containsExactly(Reservation.fixed(role));
        assertThat(ResourceReader.readOne(resource(CPUS + " reservations { role: 'eng/web' type: STATIC }"))
                        .reservations())
                .containsExactly(Reservation.fixed(role));
        assertThat(ResourceReader.readOne(resource(CPUS + " role: 'eng/web' reservation { principal: 'ann' labels {"
                                + " labels { key: 'k' } } }"))
                        .reservations())
                .containsExactly(labelled);
        assertThat(ResourceReader.readOne(resource(CPUS + " reservations { role: 'eng/web' type: DYNAMIC principal:"
                                + " 'ann' labels { labels { key: 'k' } } }"))
                        .reservations())
                .containsExactly(labelled);
    }

    @Test
    void aStackOfReservationsKeepsItsOrder() throws InvalidResourceException {
        var refined = ResourceReader.readOne(resource(
                CPUS + " reservations { role: 'eng' type: STATIC } reservations { role: 'eng/web/a' type: DYNAMIC }"));

        assertThat(refined.reservations())
                .containsExactly(
                        Reservation.fixed(new RolePath("eng")), Reservation.dynamic(new RolePath("eng/web/a")));
    }

    @Test
    void aSharedPersistentVolumeIsRead() throws InvalidResourceException {
        var volume = ResourceReader.readOne(resource("""
                name: 'disk' type: SCALAR scalar { value: 64 } shared { } provider_id { value: 'rp' }
                reservations { role: 'eng' type: DYNAMIC }
                disk {
                  persistence { id: 'v1' principal: 'ann' }
                  volume { container_path: 'data' mode: RO }
                  source { type: MOUNT mount { root: '/mnt/1' } id: 'd1' profile: 'fast' vendor: 'acme'
                           metadata { labels { key: 'k' value: 'v' } } }
                }"""));

        assertThat(volume.disk())
                .contains(new Disk(
                        Optional.of(new Disk.Source(
                                Disk.SourceType.MOUNT,
                                Optional.of("/mnt/1"),
                                Optional.of("acme"),
                                Optional.of("d1"),
                                new Labels(List.of(new Labels.Label("k", Optional.of("v")))),
                                Optional.of("fast"))),
                        Optional.of(new Disk.PersistentVolume("v1", Optional.of("ann"), "data", true))));
        assertThat(volume.shared()).isTrue();
        assertThat(volume.provider()).contains("rp");
    }

    @Test
    void anOperationIsOfOneProvider() throws InvalidResourceException {
        var agents = resource(CPUS);
        var first = resource("name: 'disk' type: SCALAR scalar { value: 1 } provider_id { value: 'p1' }");
        var second = resource("name: 'disk' type: SCALAR scalar { value: 1 } provider_id { value: 'p2' }");

        assertThat(ResourceReader.providerOf(ResourceReader.read(List.of(agents))))
                .isEmpty();
        assertThat(ResourceReader.providerOf(ResourceReader.read(List.of(first, first))))
                .contains("p1");
        assertThatThrownBy(() -> ResourceReader.providerOf(ResourceReader.read(List.of(agents, first))))
                .hasMessage("Some of the resources belong to a resource provider and some do not");
        assertThatThrownBy(() -> ResourceReader.providerOf(ResourceReader.read(List.of(first, second))))
                .hasMessage("The resources belong to several resource providers: p1 and p2");
    }
}
