package dev.proffer.testing.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A cluster takes no address that the machine uses. */
class AddressesTest {
    private static final String UPLINK = """
            default via 192.0.2.1 dev eth0
            192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.2
            """;

    @Test
    void theFirstPlanIsForAMachineWithoutOtherNetworks() {
        var addresses = Addresses.apartFrom(UPLINK);
        assertThat(addresses.machine()).isEqualTo("172.30.0.1");
        assertThat(addresses.node(1)).isEqualTo("172.30.0.11");
        assertThat(addresses.podsOf(2)).isEqualTo("10.240.2.0/24");
    }

    @Test
    void aClusterThatRunsKeepsItsPlan() {
        var routes = UPLINK + "172.30.0.0/24 dev proffer-7 proto kernel scope link src 172.30.0.1\n";
        assertThat(Addresses.apartFrom(routes)).isEqualTo(new Addresses(1));
    }

    @Test
    void rangesWithinAndAroundThoseOfAPlanAreInItsWay() {
        assertThat(Addresses.apartFrom("172.30.0.7 dev tun0")).isEqualTo(new Addresses(1));
        assertThat(Addresses.apartFrom("10.240.0.0/14 via 192.0.2.9 dev eth0")).isEqualTo(new Addresses(4));
        assertThat(Addresses.apartFrom("unreachable 10.240.9.0/24")).isEqualTo(new Addresses(1));
    }

    @Test
    void aMachineWithoutFreeRangesIsTold() {
        var all = IntStream.range(0, 16)
                .mapToObj(plan -> new Addresses(plan).network() + " dev eth1")
                .collect(Collectors.joining("\n"));
        assertThatThrownBy(() -> Addresses.apartFrom(all)).hasMessageContaining("ip route");
    }
}
