package dev.proffer.sdk.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.proffer.model.Resources;
import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import dev.proffer.sdk.Credentials;
import dev.proffer.sdk.Patience;
import dev.proffer.sdk.RecordingScheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.Termination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against masters over real HTTP. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SchedulerDriverTest {
    private static final double NEVER = 3600;

    private final RecordingScheduler scheduler = new RecordingScheduler();

    private HttpMaster master;
    private HttpMaster standby;
    private final CompletableFuture<Termination> end = new CompletableFuture<>();
    private @Nullable SchedulerDriver running;

    @BeforeEach
    void startMasters() throws IOException {
        master = new HttpMaster().subscribing(NEVER);
        standby = new HttpMaster();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
            await().until(end::isDone);
        }
        master.close();
        standby.close();
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void subscribesLaunchesAndAcknowledges(MediaType mediaType) {
        scheduler.launching("t1");
        run(config(master.address()).withMediaType(mediaType));
        awaitLines("subscribed framework-1");

        master.streams.getFirst().send(offer());
        await().until(() -> master.calls(Call.Type.ACCEPT).size() == 1);
        master.streams.getFirst().send(update(TaskState.TASK_RUNNING));
        await().until(() -> master.calls(Call.Type.ACKNOWLEDGE).size() == 1);

        assertThat(scheduler.lines)
                .containsExactly("subscribed framework-1", "offer offer-1", "update t1 TASK_RUNNING");
        assertThat(master.requests).allSatisfy(request -> {
            assertThat(request.contentType()).isEqualTo(mediaType.contentType());
            assertThat(request.accept()).isEqualTo(mediaType.contentType());
            boolean subscribe = request.call().getType() == Call.Type.SUBSCRIBE;
            assertThat(request.streamId()).isEqualTo(subscribe ? "null" : "stream-1");
        });
    }

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void readsEventsThatArriveByteByByte(MediaType mediaType) {
        run(config(master.address()).withMediaType(mediaType));
        awaitLines("subscribed framework-1");

        master.streams.getFirst().sendByteByByte(offer());
        master.streams.getFirst().sendByteByByte(update(TaskState.TASK_RUNNING));

        awaitLines("subscribed framework-1", "offer offer-1", "update t1 TASK_RUNNING");
    }

    @Test
    void followsASchemeRelativeRedirectToTheLeaderWithEveryCall() {
        standby.toSubscribe = HttpMaster.redirect("//" + master.hostAndPort() + "/api/v1/scheduler");
        run(config(standby.address()));
        awaitLines("subscribed framework-1");

        driver().master().revive();

        assertThat(master.calls(Call.Type.REVIVE)).hasSize(1);
        assertThat(standby.requests).hasSize(1);
    }

    @Test
    void redirectsInACircleEnd() {
        standby.toSubscribe = HttpMaster.redirect("//" + standby.hostAndPort() + "/api/v1/scheduler");
        run(config(standby.address(), master.address()));

        awaitLines("subscribed framework-1");
        assertThat(standby.requests).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "//", "ftp://elsewhere/", ":// no url"})
    void aRedirectToNowhereIsAFailure(String location) {
        standby.toSubscribe = HttpMaster.redirect(location);
        run(config(standby.address(), master.address()));

        awaitLines("subscribed framework-1");
        assertThat(standby.requests).hasSize(1);
    }

    @Test
    void credentialsThatThrowAreTriedAgain() {
        var asked = new AtomicInteger();
        run(config(master.address()).withCredentials(() -> {
            if (asked.getAndIncrement() == 0) {
                throw new IllegalStateException("no token yet");
            }
            return Optional.of("Bearer token");
        }));

        awaitLines("subscribed framework-1");
        assertThat(master.requests.getFirst().authorization()).isEqualTo("Bearer token");
    }

    @Test
    void triesAllMastersInTurn() throws IOException {
        var gone = new HttpMaster();
        gone.close();
        standby.toSubscribe = HttpMaster.status(503, "No leader elected");

        run(config(gone.address(), standby.address(), master.address()));

        awaitLines("subscribed framework-1");
        assertThat(standby.requests).hasSize(1);
    }

    @Test
    void waitsForALeaderToBeElected() {
        var refuse = HttpMaster.status(503, "No leader elected");
        var subscribe = master.toSubscribe;
        master.toSubscribe = exchange -> (master.requests.size() < 3 ? refuse : subscribe).write(exchange);

        run(config(master.address()));

        awaitLines("subscribed framework-1");
        assertThat(master.requests).hasSize(3);
    }

    @Test
    void subscribesAgainWithTheSameIdWhenTheStreamEnds() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");

        master.streams.getFirst().end();

        awaitLines(
                "subscribed framework-1", "disconnected: the master ended the stream", "subscribed framework-1 again");
        assertThat(master.calls(Call.Type.SUBSCRIBE).getLast().getFrameworkId().getValue())
                .isEqualTo("framework-1");
        driver().master().revive();
        assertThat(master.requests.getLast().streamId()).isEqualTo("stream-2");
    }

    @Test
    void subscribesAgainWhenTheMasterFallsSilent() {
        master.subscribing(0.02);
        run(config(master.address()));

        await().until(() -> scheduler.lines.contains("subscribed framework-1 again"));

        assertThat(scheduler.lines.get(1)).isEqualTo("disconnected: nothing came from the master for 100 ms");
    }

    @ParameterizedTest
    @ValueSource(strings = {"67108865\n", "no length\n", "3\nabc"})
    void subscribesAgainWhenTheStreamCannotBeRead(String bytes) {
        run(config(master.address()));
        awaitLines("subscribed framework-1");

        master.streams.getFirst().write(bytes.getBytes(StandardCharsets.UTF_8));

        await().until(() -> scheduler.lines.contains("subscribed framework-1 again"));
    }

    @Test
    void subscribesAgainWhenTheMasterForgotTheStream() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");
        master.toCalls = HttpMaster.status(403, "Framework is not subscribed");

        driver().master().revive();

        await().until(() -> scheduler.lines.contains("subscribed framework-1 again"));
        assertThat(scheduler.lines.get(1)).contains("403: Framework is not subscribed");
    }

    @Test
    void aMasterThatDoesNotAnswerACallIsLeft() {
        var stuck = new CountDownLatch(1);
        master.toCalls = exchange -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        run(config(master.address()).withPatience(patience().withCall(Duration.ofMillis(200))));
        awaitLines("subscribed framework-1");

        driver().master().revive();

        await().until(() -> scheduler.lines.contains("subscribed framework-1 again"));
        assertThat(scheduler.lines.get(1)).isEqualTo("disconnected: no answer within 200 ms");
        stuck.countDown();
    }

    @Test
    void anErrorEventEndsTheRun() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");
        var error = Event.newBuilder().setType(Event.Type.ERROR);
        error.getErrorBuilder().setMessage("Framework failed over");

        master.streams.getFirst().send(error.build());

        assertThat(end.join()).isEqualTo(new Termination(Termination.Cause.REFUSED, "Framework failed over"));
    }

    @Test
    void aSubscriptionThatCanNeverSucceedEndsTheRun() {
        master.toSubscribe = HttpMaster.status(400, "Expecting 'name' to be present");
        run(config(master.address()));

        assertThat(end.join().cause()).isEqualTo(Termination.Cause.REFUSED);
        assertThat(end.join().reason()).contains("400: Expecting 'name' to be present");
    }

    @Test
    void givesUpWithTheReasonsOfAllMasters() {
        master.toSubscribe = HttpMaster.status(503, "recovering");
        standby.toSubscribe = HttpMaster.status(401, "");
        run(config(master.address(), standby.address()).withPatience(patience().withGiveUp(Duration.ofMillis(100))));

        assertThat(end.join().cause()).isEqualTo(Termination.Cause.UNREACHABLE);
        assertThat(end.join().reason())
                .contains(master.address() + ": answers 503: recovering", standby.address() + ": answers 401");
    }

    @Test
    void aServerThatIsNoMasterIsSaidToBeNone() {
        master.toSubscribe = HttpMaster.status(200, "<html>");
        run(config(master.address()).withPatience(patience().withGiveUp(Duration.ofMillis(100))));

        assertThat(end.join().reason()).contains("Mesos-Stream-Id missing");
    }

    @Test
    void showsItsCredentialsWithEachRequest() {
        run(config(master.address()).withCredentials(Credentials.basic("me", "secret")));
        awaitLines("subscribed framework-1");
        driver().master().revive();

        assertThat(master.requests)
                .hasSize(2)
                .extracting(HttpMaster.Request::authorization)
                .containsOnly("Basic bWU6c2VjcmV0");
    }

    @Test
    void aRefusedCallIsReportedWithTheMastersWords() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");
        master.toCalls = HttpMaster.status(400, "no such role");

        driver().master().revive("nowhere");

        await().until(() -> scheduler.failures.size() == 1);
        assertThat(scheduler.failures.getFirst())
                .hasToString("call REVIVE failed (REFUSED): the master answers 400: no such role");
    }

    @Test
    void tearsDown() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");

        driver().master().teardown();

        assertThat(end.join().cause()).isEqualTo(Termination.Cause.TORN_DOWN);
        assertThat(master.calls(Call.Type.TEARDOWN)).hasSize(1);
    }

    @Test
    void closingLeavesTheFrameworkAndEndsTheStream() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");

        driver().close();

        assertThat(end.join().cause()).isEqualTo(Termination.Cause.CLOSED);
        assertThat(master.calls(Call.Type.TEARDOWN)).isEmpty();
        await().untilAsserted(
                        () -> assertThatThrownBy(() -> master.streams.getFirst().send(offer()))
                                .hasMessageContaining("roken pipe"));
    }

    @Test
    void closesWhileNoMasterAnswers() throws IOException {
        var gone = new HttpMaster();
        gone.close();
        run(config(gone.address()));

        driver().close();

        assertThat(end.join().cause()).isEqualTo(Termination.Cause.CLOSED);
    }

    @Test
    void mayBeClosedBeforeItRuns() {
        var unused = new SchedulerDriver(scheduler, config(master.address()));

        unused.close();

        assertThat(unused.run().cause()).isEqualTo(Termination.Cause.CLOSED);
        assertThat(master.requests).isEmpty();
    }

    @Test
    void runsOnce() {
        run(config(master.address()));
        awaitLines("subscribed framework-1");

        assertThatThrownBy(() -> driver().run()).isInstanceOf(IllegalStateException.class);
    }

    private SchedulerDriver driver() {
        return Objects.requireNonNull(running);
    }

    private void run(SchedulerConfig config) {
        var driver = new SchedulerDriver(scheduler, config);
        running = driver;
        Thread.ofPlatform().name("scheduler").start(() -> end.complete(driver.run()));
    }

    private void awaitLines(String... lines) {
        await().untilAsserted(() -> assertThat(scheduler.lines).containsExactly(lines));
    }

    private static SchedulerConfig config(String... masters) {
        return SchedulerConfig.of("test", masters).withPatience(patience());
    }

    private static Patience patience() {
        return Patience.DEFAULT.withBackOff(Duration.ofMillis(10), Duration.ofMillis(20));
    }

    private static Event offer() {
        var event = Event.newBuilder().setType(Event.Type.OFFERS);
        var offer = event.getOffersBuilder().addOffersBuilder().setHostname("host");
        offer.getIdBuilder().setValue("offer-1");
        offer.getFrameworkIdBuilder().setValue("framework-1");
        offer.getAgentIdBuilder().setValue("agent-1");
        offer.addAllResources(
                ResourceWriter.write(Resources.parse("cpus:2;mem:64"), ReservationFormat.REFINED, Optional.empty()));
        return event.build();
    }

    private static Event update(TaskState state) {
        var event = Event.newBuilder().setType(Event.Type.UPDATE);
        var status = event.getUpdateBuilder().getStatusBuilder().setState(state);
        status.getTaskIdBuilder().setValue("t1");
        status.getAgentIdBuilder().setValue("agent-1");
        status.setUuid(ByteString.copyFromUtf8("0123456789abcdef"));
        return event.build();
    }
}
