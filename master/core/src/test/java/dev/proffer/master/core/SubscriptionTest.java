package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.protocol.v1.scheduler.Event;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void subscriberIsToldItsIdTheMasterAndTheHeartbeatInterval() {
        var scheduler = master.subscribed();
        var subscribed = scheduler.events().getFirst().getSubscribed();

        assertThat(subscribed.getFrameworkId().getValue()).isEqualTo("m1-0000");
        assertThat(subscribed.getHeartbeatIntervalSeconds()).isEqualTo(15.0);
        assertThat(subscribed.getMasterInfo().getHostname()).isEqualTo("master.example");
        assertThat(scheduler.events().get(1).getType()).isEqualTo(Event.Type.HEARTBEAT);
        assertThat(scheduler.events()).hasSize(2);
    }
}
