package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

class AdvertisedAddressesTest {
    @Test
    void eachListenersClientsAreSentToItsOwnAddress() {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("internal", "10.0.0.1:5050");
        addresses.put("external", "[2001:db8::1]:443");
        var text = AdvertisedAddresses.of(addresses).text();
        assertThat(text).isEqualTo("10.0.0.1:5050,external=[2001:db8::1]:443");
        assertThat(AdvertisedAddresses.parse(text).at("internal")).isEqualTo("10.0.0.1:5050");
        assertThat(AdvertisedAddresses.parse(text).at("external")).isEqualTo("[2001:db8::1]:443");
    }

    @Test
    void listenerThatTheLeaderDoesNotHaveSharesTheFirstOnesAddress() {
        assertThat(AdvertisedAddresses.parse("leader:5050").at("new")).isEqualTo("leader:5050");
        assertThat(AdvertisedAddresses.parse("leader:5050,=x,y").at("y")).isEqualTo("leader:5050");
    }
}
