package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.scenario.MasterScenario;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a master has the registry say of agents. */
class RegistryTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void anAdmittedAgentIsStored() {
        var agent = master.registered("cpus:2");

        var stored = master.stored(agent.id()).orElseThrow();
        assertThat(stored.standing()).isEqualTo(Standing.ADMITTED);
        assertThat(stored.since()).isEqualTo(master.now().wall());
        assertThat(stored.version()).isEqualTo("1");
        assertThat(stored.info()).isEqualTo(agent.info().build());
    }

    @Test
    void signsOfLifeAndTasksAreNotStored() {
        master.registered("cpus:2");
        var scheduler = master.subscribed();
        int before = stores();

        scheduler.decline(scheduler.lastOffer(), 1);
        master.advance(Duration.ofHours(1));

        assertThat(stores()).isEqualTo(before);
    }

    private int stores() {
        return (int) master.effects().stream()
                .filter(MasterEffect.StoreAgent.class::isInstance)
                .count();
    }

    @Test
    void thatAnAgentIsUnreachableAndThatItIsBackIsStored() {
        var agent = master.registered("cpus:2");
        agent.answerPings(false);
        master.advance(Duration.ofSeconds(75));
        assertThat(master.stored(agent.id()).map(RegisteredAgent::standing)).contains(Standing.UNREACHABLE);

        agent.answerPings(true);
        agent.register();

        assertThat(master.stored(agent.id()).map(RegisteredAgent::standing)).contains(Standing.ADMITTED);
    }

    @Test
    void anAgentThatUnregistersIsForgotten() {
        var agent = master.registered("cpus:2");

        agent.unregister();

        assertThat(master.stored(agent.id())).isEmpty();
    }

    @Test
    void aNewAgentTakesThePlaceOfTheUnreachableOneOnItsMachineAndPort() {
        var old = master.registered("cpus:2");
        old.answerPings(false);
        master.advance(Duration.ofSeconds(75));
        var fresh = master.agent("cpus:2");
        fresh.info().setHostname(old.info().getHostname());

        fresh.register();

        assertThat(master.stored(old.id())).isEmpty();
        assertThat(master.stored(fresh.id())).isPresent();
        assertThat(master.snapshot().unreachableAgents()).isEmpty();
    }

    /** As in Mesos' PartitionTest.RegistryGcByAge. */
    @Test
    void agentsThatWereLostTwoWeeksAgoAreForgotten() {
        master.apply(new MasterInput.RegistryRead(java.util.List.of()));
        var agent = master.registered("cpus:2");
        agent.disconnect();
        master.advance(Duration.ofDays(14));
        assertThat(master.stored(agent.id())).isPresent();

        master.advance(Duration.ofHours(1));

        assertThat(master.stored(agent.id())).isEmpty();
        assertThat(master.snapshot().unreachableAgents()).isEmpty();
    }
}
