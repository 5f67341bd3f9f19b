package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The status codes that the core decides, each before those that come after it. */
class CallStatusTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void unknownFrameworkIs400() {
        var scheduler = master.subscribed();
        scheduler.info().getIdBuilder().setValue("nobody");

        var answer = scheduler.call(Call.Type.REVIVE, _ -> {}, Optional.empty());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("nobody").contains("subscribe");
    }

    @Test
    void anotherPrincipalIs400EvenIfTheFrameworkIsDisconnected() {
        var scheduler = master.subscribed(info -> info.setPrincipal("alice"));
        scheduler.disconnect();

        var answer = scheduler.as("bob").call(Call.Type.REVIVE, _ -> {}, Optional.empty());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("bob");
    }

    @Test
    void thePrincipalOfTheFrameworkIsWelcome() {
        var scheduler =
                master.scheduler(info -> info.setPrincipal("alice")).as("alice").subscribe();

        assertThat(scheduler.call(Call.Type.REVIVE, _ -> {}).status()).isEqualTo(202);
    }

    @Test
    void disconnectedFrameworkIs403EvenWithoutAStreamId() {
        var scheduler = master.subscribed();
        scheduler.disconnect();

        var answer = scheduler.call(Call.Type.REVIVE, _ -> {}, Optional.empty());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).contains("subscribe again");
    }

    @Test
    void missingStreamIdIs400() {
        var answer = master.subscribed().call(Call.Type.REVIVE, _ -> {}, Optional.empty());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Mesos-Stream-Id");
    }

    @Test
    void wrongStreamIdIs400AndNamesItAndTheFramework() {
        var scheduler = master.subscribed();

        var answer = scheduler.call(Call.Type.REVIVE, _ -> {}, Optional.of(new StreamId("other")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("other").contains(scheduler.id().value());
    }

    @Test
    void theStreamOfAnotherFrameworkIs400() {
        var scheduler = master.subscribed();
        var other = master.subscribed();

        assertThat(scheduler
                        .call(Call.Type.REVIVE, _ -> {}, Optional.of(other.stream()))
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.Type.class,
            names = {"UNKNOWN", "SHUTDOWN", "MESSAGE", "RECONCILE_OPERATIONS"})
    void whatIsNotSupportedYetIs501AndNamed(Call.Type type) {
        var scheduler = master.subscribed();
        var call = Call.newBuilder().setType(type).setFrameworkId(scheduler.wireId());
        var request = new RequestId(1_000);

        master.apply(new MasterInput.SchedulerCall(
                request, Optional.of(scheduler.stream()), Optional.empty(), call.build()));

        var answer = (MasterEffect.Respond) master.effects().getLast();
        assertThat(answer.request()).isEqualTo(request);
        assertThat(answer.status()).isEqualTo(501);
        assertThat(answer.text()).contains(type.name());
    }

    @Test
    void requestIsAcceptedAndIgnoredAsInMesos() {
        assertThat(master.subscribed()
                        .call(Call.Type.REQUEST, Call.Builder::getRequestBuilder)
                        .status())
                .isEqualTo(202);
    }

    @Test
    void acceptedCallsHaveNoText() {
        assertThat(master.subscribed().call(Call.Type.REVIVE, _ -> {}).text()).isEmpty();
    }
}
