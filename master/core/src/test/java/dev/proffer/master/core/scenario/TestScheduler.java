package dev.proffer.master.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.CallValidation;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.StreamId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Principal;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A scheduler that remembers all that it was sent, on whichever of its streams. */
public final class TestScheduler {
    private final MasterScenario scenario;
    private final Call.Subscribe.Builder subscription = Call.Subscribe.newBuilder();
    private final List<Event> events = new ArrayList<>();
    private final List<Event> lateEvents = new ArrayList<>();
    private Optional<Principal> principal = Optional.empty();
    private @Nullable StreamId stream;
    private int opened;
    private boolean closed;

    TestScheduler(MasterScenario scenario, Consumer<FrameworkInfo.Builder> changes) {
        this.scenario = scenario;
        subscription.getFrameworkInfoBuilder().setUser("alice").setName("test").setFailoverTimeout(60);
        changes.accept(subscription.getFrameworkInfoBuilder());
    }

    public FrameworkInfo.Builder info() {
        return subscription.getFrameworkInfoBuilder();
    }

    public Call.Subscribe.Builder subscription() {
        return subscription;
    }

    public TestScheduler as(String authenticated) {
        principal = Optional.of(Principal.named(authenticated));
        return this;
    }

    public TestScheduler as(Principal authenticated) {
        principal = Optional.of(authenticated);
        return this;
    }

    public TestScheduler asNobody() {
        principal = Optional.empty();
        return this;
    }

    /** A SUBSCRIBE that is answered without a stream. */
    public MasterEffect.Respond refusedSubscribe() {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE).setSubscribe(subscription);
        var request = scenario.newRequest();
        scenario.apply(new MasterInput.Subscribe(request, scenario.newStream(this), principal, call.build()));
        return scenario.response(request);
    }

    /** Opens a stream; the events of an older one no longer count. */
    public TestScheduler subscribe() {
        events.clear();
        closed = false;
        var fresh = scenario.newStream(this);
        stream = fresh;
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE).setSubscribe(subscription);
        if (info().hasId()) {
            call.setFrameworkId(info().getId());
        }
        scenario.apply(new MasterInput.Subscribe(scenario.newRequest(), fresh, principal, call.build()));
        for (var event : events) {
            if (event.getType() == Event.Type.SUBSCRIBED) {
                info().setId(event.getSubscribed().getFrameworkId());
            }
        }
        return this;
    }

    public void disconnect() {
        scenario.apply(new MasterInput.StreamClosed(stream(), "gone"));
    }

    public FrameworkId id() {
        return new FrameworkId(info().getId().getValue());
    }

    public FrameworkID wireId() {
        return info().getId();
    }

    public StreamId stream() {
        return Objects.requireNonNull(stream);
    }

    // What it receives

    void opened() {
        opened++;
    }

    void received(StreamId on, Event event) {
        assertThat(opened).as("the stream was opened before its first event").isPositive();
        (on.equals(stream) ? events : lateEvents).add(event);
    }

    void closed(StreamId which) {
        closed |= which.equals(stream);
    }

    public boolean isClosed() {
        return closed;
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Events that came on a stream after this scheduler had opened a newer one. */
    public List<Event> lateEvents() {
        return List.copyOf(lateEvents);
    }

    public List<Event> events(Event.Type type) {
        return events.stream().filter(event -> event.getType() == type).toList();
    }

    public List<Offer> offers() {
        return events(Event.Type.OFFERS).stream()
                .flatMap(event -> event.getOffers().getOffersList().stream())
                .toList();
    }

    public List<InverseOffer> inverseOffers() {
        return events(Event.Type.INVERSE_OFFERS).stream()
                .flatMap(event -> event.getInverseOffers().getInverseOffersList().stream())
                .toList();
    }

    public Offer lastOffer() {
        return offers().getLast();
    }

    public List<TaskStatus> updates() {
        return events(Event.Type.UPDATE).stream()
                .map(event -> event.getUpdate().getStatus())
                .toList();
    }

    public TaskStatus lastUpdate() {
        return updates().getLast();
    }

    public List<OfferID> rescinded() {
        return events(Event.Type.RESCIND).stream()
                .map(event -> event.getRescind().getOfferId())
                .toList();
    }

    public String error() {
        return events(Event.Type.ERROR).getFirst().getError().getMessage();
    }

    public void forget() {
        events.clear();
    }

    // What it asks

    /** Sends a call that is well-formed, on its stream. */
    public MasterEffect.Respond call(Call.Type type, Consumer<Call.Builder> payload) {
        return call(type, payload, Optional.of(stream()));
    }

    public MasterEffect.Respond call(Call.Type type, Consumer<Call.Builder> payload, Optional<StreamId> onStream) {
        var call = Call.newBuilder().setType(type).setFrameworkId(wireId());
        payload.accept(call);
        assertThat(CallValidation.check(call.build(), principal)).isEmpty();
        var request = scenario.newRequest();
        scenario.apply(new MasterInput.SchedulerCall(request, onStream, principal, call.build()));
        return scenario.response(request);
    }

    private void accepted(MasterEffect.Respond respond) {
        assertThat(respond.status()).as(respond.text()).isEqualTo(202);
    }

    public void accept(List<Offer> offers, Offer.Operation... operations) {
        accept(call -> {
            offers.forEach(offer -> call.addOfferIds(offer.getId()));
            call.addAllOperations(List.of(operations));
        });
    }

    public void accept(Consumer<Call.Accept.Builder> payload) {
        accepted(call(Call.Type.ACCEPT, call -> payload.accept(call.getAcceptBuilder())));
    }

    public void launch(Offer offer, TaskInfo... tasks) {
        accept(List.of(offer), Tasks.launch(tasks));
    }

    public void decline(Offer offer, double seconds) {
        accepted(call(
                Call.Type.DECLINE,
                call -> call.getDeclineBuilder()
                        .addOfferIds(offer.getId())
                        .getFiltersBuilder()
                        .setRefuseSeconds(seconds)));
    }

    public void acceptInverse(InverseOffer offer, double seconds) {
        accepted(call(
                Call.Type.ACCEPT_INVERSE_OFFERS,
                call -> call.getAcceptInverseOffersBuilder()
                        .addInverseOfferIds(offer.getId())
                        .getFiltersBuilder()
                        .setRefuseSeconds(seconds)));
    }

    public void declineInverse(InverseOffer offer, double seconds) {
        accepted(call(
                Call.Type.DECLINE_INVERSE_OFFERS,
                call -> call.getDeclineInverseOffersBuilder()
                        .addInverseOfferIds(offer.getId())
                        .getFiltersBuilder()
                        .setRefuseSeconds(seconds)));
    }

    public void suppress(String... roles) {
        accepted(call(Call.Type.SUPPRESS, call -> call.getSuppressBuilder().addAllRoles(List.of(roles))));
    }

    public void revive(String... roles) {
        accepted(call(Call.Type.REVIVE, call -> call.getReviveBuilder().addAllRoles(List.of(roles))));
    }

    public void acknowledge(TaskStatus status) {
        acknowledge(status, status.getUuid());
    }

    public void acknowledge(TaskStatus status, ByteString uuid) {
        accepted(call(
                Call.Type.ACKNOWLEDGE,
                call -> call.getAcknowledgeBuilder()
                        .setAgentId(status.getAgentId())
                        .setTaskId(status.getTaskId())
                        .setUuid(uuid)));
    }

    public void kill(Consumer<Call.Kill.Builder> payload) {
        accepted(call(Call.Type.KILL, call -> payload.accept(call.getKillBuilder())));
    }

    public void kill(String task) {
        kill(kill -> kill.getTaskIdBuilder().setValue(task));
    }

    /** Implicit. */
    public void reconcile() {
        accepted(call(Call.Type.RECONCILE, Call.Builder::getReconcileBuilder));
    }

    public void reconcile(String task, Optional<String> agent) {
        accepted(call(Call.Type.RECONCILE, call -> {
            var entry = call.getReconcileBuilder()
                    .addTasksBuilder()
                    .setTaskId(TaskID.newBuilder().setValue(task));
            agent.ifPresent(id -> entry.setAgentId(AgentID.newBuilder().setValue(id)));
        }));
    }

    public void tearDown() {
        accepted(call(Call.Type.TEARDOWN, _ -> {}));
    }
}
