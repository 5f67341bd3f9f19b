package dev.proffer.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskInfo;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OfferUseTest {
    @Test
    void launchesTasksUntilTheOfferIsUsedUp() throws InvalidResourceException {
        var use = OfferUse.of(offer("cpus:1;mem:100"));
        var task = TaskSpec.shell("t", "true").cpus(0.3).mem(20);

        int launched = 0;
        while (use.launch(task)) {
            launched++;
        }

        assertThat(launched).isEqualTo(3);
        assertThat(use.left("cpus")).isEqualTo(0.1);
        assertThat(use.left("mem")).isEqualTo(40);
        assertThat(resources(use.tasks().getFirst())).isEqualTo(Resources.parse("cpus:0.3;mem:20"));
    }

    @Test
    void takesNothingWhenOnlyPartOfATaskFits() {
        var use = OfferUse.of(offer("cpus:1;mem:10"));

        assertThat(use.launch(TaskSpec.shell("t", "true").cpus(1).mem(11))).isFalse();

        assertThat(use.left("cpus")).isEqualTo(1);
        assertThat(use.tasks()).isEmpty();
    }

    @Test
    void usesReservedResourcesFirstAndKeepsTheirReservation() throws InvalidResourceException {
        var use = OfferUse.of(offer("cpus:2;cpus(eng):1"));

        use.launch(TaskSpec.shell("t", "true").cpus(1.5));

        assertThat(resources(use.tasks().getFirst())).isEqualTo(Resources.parse("cpus:0.5;cpus(eng):1"));
    }

    @Test
    void keepsTheRoleThatResourcesAreAllocatedTo() {
        var use = OfferUse.of(offer("cpus:2"));

        use.launch(TaskSpec.shell("t", "true").cpus(1));

        assertThat(use.tasks().getFirst().getResources(0).getAllocationInfo().getRole())
                .isEqualTo("eng");
    }

    @Test
    void takesPortsAcrossRangesAndNeverTwice() throws InvalidResourceException {
        var use = OfferUse.of(offer("cpus:2;ports:[5-6, 9-20]"));
        var task = TaskSpec.shell("t", "true").cpus(1).ports(3);

        assertThat(use.launch(task)).isTrue();
        assertThat(use.launch(task)).isTrue();

        assertThat(resources(use.tasks().get(0))).isEqualTo(Resources.parse("cpus:1;ports:[5-6, 9-9]"));
        assertThat(resources(use.tasks().get(1))).isEqualTo(Resources.parse("cpus:1;ports:[10-12]"));
    }

    @Test
    void leavesRevocableResourcesAlone() {
        var offered = offer("cpus:1").toBuilder();
        offered.getResourcesBuilder(0).setRevocable(Resource.RevocableInfo.getDefaultInstance());

        assertThat(OfferUse.of(offered.build())
                        .launch(TaskSpec.shell("t", "true").cpus(1)))
                .isFalse();
    }

    @Test
    void saysHowLongNotToOfferTheRest() {
        var use = OfferUse.of(offer("cpus:1"));
        assertThat(use.filters().getRefuseSeconds()).isEqualTo(5);

        use.refuseRestFor(Duration.ofMillis(1500));

        assertThat(use.filters().getRefuseSeconds()).isEqualTo(1.5);
    }

    @Test
    void putsTheTaskOnTheOffersAgent() {
        var use = OfferUse.of(offer("cpus:1"));

        use.launch(TaskSpec.program("t", "sleep", "1")
                .named("nap")
                .cpus(1)
                .env("A", "b")
                .label("team", "x")
                .killGrace(Duration.ofSeconds(2)));

        var task = use.tasks().getFirst();
        assertThat(task.getAgentId().getValue()).isEqualTo("agent-1");
        assertThat(task.getName()).isEqualTo("nap");
        assertThat(task.getCommand().getArgumentsList()).containsExactly("sleep", "1");
        assertThat(task.getCommand().getShell()).isFalse();
        assertThat(task.getCommand().getEnvironment().getVariables(0).getValue())
                .isEqualTo("b");
        assertThat(task.getLabels().getLabels(0).getKey()).isEqualTo("team");
        assertThat(task.getKillPolicy().getGracePeriod().getNanoseconds()).isEqualTo(2_000_000_000L);
    }

    private static Resources resources(TaskInfo task) throws InvalidResourceException {
        return ResourceReader.read(task.getResourcesList());
    }

    private static Offer offer(String resources) {
        var offer = Offer.newBuilder()
                .setHostname("host")
                .addAllResources(ResourceWriter.write(
                        Resources.parse(resources), ReservationFormat.REFINED, Optional.of(new RolePath("eng"))));
        offer.getIdBuilder().setValue("offer-1");
        offer.getFrameworkIdBuilder().setValue("framework-1");
        offer.getAgentIdBuilder().setValue("agent-1");
        return offer.build();
    }
}
