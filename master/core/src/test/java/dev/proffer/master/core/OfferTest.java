package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.master.core.scenario.MasterScenario;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.protocol.v1.Attribute;
import dev.proffer.protocol.v1.FrameworkInfo.Capability;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Offers: made, declined, rescinded. */
@SuppressWarnings("deprecation") // Frameworks without capabilities use the deprecated fields.
class OfferTest {
    private final MasterScenario master = new MasterScenario();

    @Test
    void oneEventHoldsAllOffersOfARun() {
        var scheduler = master.subscribed();
        scheduler.suppress();
        master.registered("cpus:1");
        master.registered("cpus:2");

        scheduler.revive();

        assertThat(scheduler.events(Event.Type.OFFERS)).hasSize(1);
        assertThat(scheduler.offers())
                .extracting(offer -> offer.getId().getValue())
                .containsExactly("m1-O0", "m1-O1");
    }

    @Test
    void anOfferDescribesItsAgent() {
        var agent = master.agent("cpus:1;mem:512");
        agent.info()
                .setHostname("node7.example")
                .setPort(6051)
                .addAttributes(Attribute.newBuilder()
                        .setName("rack")
                        .setType(Value.Type.TEXT)
                        .setText(Value.Text.newBuilder().setValue("r1")));
        agent.info()
                .getDomainBuilder()
                .getFaultDomainBuilder()
                .getRegionBuilder()
                .setName("eu");
        agent.info().getDomainBuilder().getFaultDomainBuilder().getZoneBuilder().setName("eu-1");
        agent.register();

        var offer = master.subscribed().lastOffer();

        assertThat(offer.getAgentId().getValue()).isEqualTo("m1-S0");
        assertThat(offer.getHostname()).isEqualTo("node7.example");
        assertThat(offer.getUrl().getAddress().getHostname()).isEqualTo("node7.example");
        assertThat(offer.getUrl().getAddress().getPort()).isEqualTo(6051);
        assertThat(offer.getAttributes(0).getName()).isEqualTo("rack");
        assertThat(offer.getDomain().getFaultDomain().getZone().getName()).isEqualTo("eu-1");
        assertThat(offer.getFrameworkId().getValue()).isEqualTo("m1-0000");
        assertThat(offer.getResourcesList()).hasSize(2);
    }

    @Test
    void withoutCapabilitiesOffersAreInTheOldForm() {
        master.registered("cpus:1;mem(eng):32");

        var offer = master.subscribed(info -> info.setRole("eng")).lastOffer();

        assertThat(offer.hasAllocationInfo()).isFalse();
        assertThat(offer.getResourcesList()).noneMatch(resource -> resource.hasAllocationInfo());
        assertThat(offer.getResourcesList()).noneMatch(resource -> resource.getReservationsCount() > 0);
        assertThat(offer.getResourcesList())
                .extracting(resource -> resource.getName() + "@" + resource.getRole())
                .containsExactly("cpus@*", "mem@eng");
    }

    @Test
    void withMultiRoleOffersSayTheirRole() {
        master.registered("cpus:1");

        var offer = master.subscribed(info -> info.addRoles("eng").addCapabilities(multiRole()))
                .lastOffer();

        assertThat(offer.getAllocationInfo().getRole()).isEqualTo("eng");
        assertThat(offer.getResources(0).getAllocationInfo().getRole()).isEqualTo("eng");
    }

    @Test
    void withReservationRefinementOffersNeverUseTheOldFields() {
        master.registered("cpus:1;mem(eng):32");

        var offer = master.subscribed(info -> info.setRole("eng")
                        .addCapabilities(Capability.newBuilder().setType(Capability.Type.RESERVATION_REFINEMENT)))
                .lastOffer();

        assertThat(offer.getResourcesList()).noneMatch(resource -> resource.hasRole());
        assertThat(offer.getResources(1).getReservations(0).getRole()).isEqualTo("eng");
    }

    @Test
    void aDeclineFiltersForAsLongAsItSays() {
        master.registered("cpus:1");
        var scheduler = master.subscribed();

        scheduler.decline(scheduler.lastOffer(), 30);

        assertThat(master.allocator().refusals()).containsExactly(new Refusal(30));
        master.advance(Duration.ofSeconds(29));
        assertThat(scheduler.offers()).hasSize(1);
        master.advance(Duration.ofSeconds(3));
        assertThat(scheduler.offers()).hasSize(2);
        assertThat(master.snapshot().counters().count(Counter.OFFERS_DECLINED)).isEqualTo(1);
    }

    @Test
    void aDeclineWithoutFiltersMeansFiveSeconds() {
        master.registered("cpus:1");
        var scheduler = master.subscribed();

        scheduler.call(
                Call.Type.DECLINE,
                call -> call.getDeclineBuilder()
                        .addOfferIds(scheduler.lastOffer().getId()));

        assertThat(master.allocator().refusals()).containsExactly(Refusal.DEFAULT);
    }

    @Test
    void decliningWhatIsGoneOrNamedTwiceDoesNothingMore() {
        master.registered("cpus:1");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        var answer = scheduler.call(
                Call.Type.DECLINE,
                call -> call.getDeclineBuilder()
                        .addOfferIds(offer.getId())
                        .addOfferIds(offer.getId())
                        .addOfferIdsBuilder()
                        .setValue("m1-O99"));
        scheduler.decline(offer, 5);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(master.allocator().refusals()).hasSize(1);
    }

    @Test
    void nobodyDeclinesTheOfferOfAnother() {
        master.registered("cpus:1");
        var owner = master.subscribed();
        var other = master.subscribed();

        other.decline(owner.lastOffer(), 5);

        assertThat(master.snapshot().offers())
                .extracting(offer -> offer.id().value())
                .containsExactly(owner.lastOffer().getId().getValue());
    }

    @Test
    void suppressionOfOneRoleLeavesTheOther() {
        var scheduler =
                master.subscribed(info -> info.addRoles("a").addRoles("b").addCapabilities(multiRole()));
        scheduler.suppress("a");

        master.registered("cpus:1");

        assertThat(scheduler.offers())
                .extracting(offer -> offer.getAllocationInfo().getRole())
                .containsExactly("b");
        assertThat(master.snapshot().frameworks().getFirst().suppressed()).hasSize(1);
        scheduler.revive("a");
        assertThat(master.snapshot().frameworks().getFirst().suppressed()).isEmpty();
    }

    @Test
    void oneWrongRoleVoidsAWholeSuppressOrRevive() {
        var scheduler =
                master.subscribed(info -> info.addRoles("a").addRoles("b").addCapabilities(multiRole()));

        scheduler.suppress("a", "foreign");
        assertThat(master.snapshot().frameworks().getFirst().suppressed()).isEmpty();
        scheduler.suppress();
        scheduler.revive("a", "/invalid/");
        assertThat(master.snapshot().frameworks().getFirst().suppressed()).hasSize(2);
    }

    @Test
    void reviveEndsFiltersAtOnce() {
        master.registered("cpus:1");
        var scheduler = master.subscribed();
        scheduler.decline(scheduler.lastOffer(), 3600);

        scheduler.revive();

        assertThat(scheduler.offers()).hasSize(2);
    }

    @Test
    void offersOfALostLinkAreRescinded() {
        var agent = master.registered("cpus:1");
        var scheduler = master.subscribed();
        var offer = scheduler.lastOffer();

        agent.disconnect();

        assertThat(scheduler.rescinded()).containsExactly(offer.getId());
        assertThat(master.snapshot().offers()).isEmpty();
        assertThat(master.snapshot().counters().count(Counter.OFFERS_RESCINDED)).isEqualTo(1);
    }

    @Test
    void aHoardedOfferStaysWhileNobodyElseWaits() {
        master.registered("cpus:1");
        var scheduler = master.subscribed();
        var idle = master.subscribed();
        idle.suppress();

        master.advance(Duration.ofMinutes(10));

        assertThat(scheduler.rescinded()).isEmpty();
    }

    @Test
    void aHoardedOfferIsRescindedWhenItIsOldAndAnotherWaits() {
        master.registered("cpus:1");
        var hoarder = master.subscribed();
        var waiting = master.subscribed();

        master.advance(Duration.ofSeconds(119));
        assertThat(hoarder.rescinded()).isEmpty();
        master.advance(Duration.ofSeconds(2));

        assertThat(hoarder.rescinded()).hasSize(1);
        assertThat(waiting.offers()).hasSize(1);
        assertThat(hoarder.offers()).hasSize(1);
    }

    @Test
    void whoWaitsLaterGetsAHoardedOfferSoon() {
        master.registered("cpus:1");
        var hoarder = master.subscribed();
        master.advance(Duration.ofMinutes(10));

        var waiting = master.subscribed();
        master.advance(Duration.ofSeconds(16));

        assertThat(hoarder.rescinded()).hasSize(1);
        assertThat(waiting.offers()).hasSize(1);
    }

    @Test
    void whoCannotUseAHoardedOfferDoesNotWaitForIt() {
        master.registered("cpus(eng):1");
        var hoarder = master.subscribed(info -> info.setRole("eng"));
        master.subscribed(info -> info.setRole("ops"));

        master.advance(Duration.ofMinutes(5));

        assertThat(hoarder.rescinded()).isEmpty();
    }

    @Test
    void youngOffersAreNotRescindedBesideOldOnes() {
        var hoarder = master.subscribed();
        master.registered("cpus:1");
        var old = hoarder.lastOffer();
        master.subscribed();
        master.advance(Duration.ofMinutes(1));
        master.registered("cpus:1");
        assertThat(hoarder.offers()).hasSize(2);
        master.advance(Duration.ofSeconds(61));

        assertThat(hoarder.rescinded()).containsExactly(old.getId());
    }

    @Test
    void whoHasAnOfferDoesNotWaitForThoseOfOthers() {
        master.registered("cpus:1");
        var first = master.subscribed();
        first.suppress();
        master.registered("cpus:1");
        var second = master.subscribed();
        assertThat(second.offers()).hasSize(1);
        first.revive();

        master.advance(Duration.ofMinutes(10));

        assertThat(first.rescinded()).isEmpty();
        assertThat(second.rescinded()).isEmpty();
    }

    private static Capability.Builder multiRole() {
        return Capability.newBuilder().setType(Capability.Type.MULTI_ROLE);
    }
}
