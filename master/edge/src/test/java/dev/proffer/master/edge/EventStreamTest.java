package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.edge.agentlink.AgentLinkSettings;
import dev.proffer.master.edge.http.AnonymousAuthenticator;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.scheduler.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams of events: their order, their end, and subscribers that do not read. */
class EventStreamTest {
    private static final int BACKLOG = 1 << 20;

    /** Asks the scripted core to send one event of that many bytes to every stream. */
    private static final LinkId SEND = new LinkId("send");

    /** Asks the scripted core to close every stream. */
    private static final LinkId CLOSE = new LinkId("close");

    private final List<StreamId> opened = new CopyOnWriteArrayList<>();
    private final MasterUnderTest master = new MasterUnderTest(
            new ScriptedCore(Snapshots.empty(), this::play),
            MasterUnderTest.with(MasterUnderTest.settings(), 8 << 20, BACKLOG, Duration.ofSeconds(75)),
            new AnonymousAuthenticator(),
            AgentLinkSettings.plain("127.0.0.1", 0));

    @AfterEach
    void stop() {
        master.close();
    }

    @Test
    void largeAndSmallEventsKeepTheirOrder() throws IOException {
        try (var client = subscribe()) {
            var sizes = List.of(10, 400_000, 20, 30, 200_000, 40);
            sizes.forEach(this::send);
            for (int size : sizes) {
                assertThat(client.readChunk().length()).isBetween(size, size * 2 + 200);
            }
        }
    }

    @Test
    void theCoresEndOfAStreamComesAfterItsLastEvent() throws IOException {
        try (var client = subscribe()) {
            send(400_000);
            master.term.writer().put(new MasterInput.LinkClosed(CLOSE, ""));
            assertThat(client.readChunk().length()).isGreaterThan(400_000);
            assertThat(client.readChunk()).isEmpty();
        }
        assertThat(streamsClosed()).isEmpty();
    }

    @Test
    void aSchedulerThatHangsUpIsReported() throws IOException {
        subscribe().close();
        await().untilAsserted(() -> assertThat(streamsClosed()).isEqualTo(opened));
        assertThat(master.term.streams().streams()).isZero();
    }

    @Test
    void aSchedulerThatDoesNotReadIsCutOffAndTheOthersAreServed() throws IOException {
        try (var deaf = RawHttp.connectWithSmallBuffer(master.http.port());
                var attentive = RawHttp.connect(master.http.port())) {
            deaf.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE).readHead();
            var deafStream =
                    await().until(() -> opened, streams -> streams.size() == 1).getFirst();
            attentive
                    .postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE)
                    .readHead();
            attentive.readChunk();
            attentive.readChunk();
            await().until(() -> opened.size() == 2);
            int sent = 0;
            while (streamsClosed().isEmpty() && sent < 400) {
                send(50_000);
                sent++;
                assertThat(attentive.readChunk().length()).isGreaterThan(50_000);
            }
            await().untilAsserted(() -> assertThat(streamsClosed()).containsExactly(deafStream));
            send(10);
            assertThat(attentive.readChunk()).contains("MESSAGE");
            await().untilAsserted(() ->
                    assertThat(master.term.streams().backlogBytes()).isZero());
            assertThat(deaf.hangsUp()).isTrue();
        }
    }

    @Test
    void streamsEndWithTheTerm() throws IOException {
        try (var client = subscribe()) {
            master.term.end().join();
            assertThat(client.readChunk()).isEmpty();
        }
    }

    @Test
    void aSubscriberThatGoesBeforeItsStreamIsOpenIsReported() throws IOException {
        try (var client = RawHttp.connect(master.http.port())) {
            client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE);
        }
        await().until(() -> !opened.isEmpty());
        await().untilAsserted(() -> assertThat(streamsClosed()).isEqualTo(opened));
    }

    private RawHttp subscribe() throws IOException {
        var client = RawHttp.connect(master.http.port());
        client.postJson(SchedulerApiTest.PATH, SchedulerApiTest.SUBSCRIBE).readHead();
        assertThat(client.readChunk()).contains("SUBSCRIBED");
        assertThat(client.readChunk()).contains("HEARTBEAT");
        return client;
    }

    private void send(int size) {
        master.term.writer().offer(new MasterInput.AgentPong(SEND, size));
    }

    private List<StreamId> streamsClosed() {
        var closed = new ArrayList<StreamId>();
        master.core.inputs.forEach(input -> {
            if (input instanceof MasterInput.StreamClosed(var stream, var _)) {
                closed.add(stream);
            }
        });
        return closed;
    }

    private List<MasterEffect> play(MasterInput input) {
        return switch (input) {
            case MasterInput.AgentPong(var _, var size) ->
                opened.stream()
                        .map(stream -> ScriptedCore.send(stream, message(Math.toIntExact(size))))
                        .toList();
            case MasterInput.LinkClosed _ ->
                opened.stream().<MasterEffect>map(MasterEffect.CloseStream::new).toList();
            case MasterInput.Subscribe subscribe -> {
                opened.add(subscribe.stream());
                yield ScriptedCore.obliging(subscribe);
            }
            case MasterInput _ -> List.of();
        };
    }

    /** Its JSON is a third longer, since bytes are base64 there. */
    private static Event message(int size) {
        return Event.newBuilder()
                .setType(Event.Type.MESSAGE)
                .setMessage(Event.Message.newBuilder()
                        .setAgentId(AgentID.newBuilder().setValue("a"))
                        .setExecutorId(ExecutorID.newBuilder().setValue("e"))
                        .setData(ByteString.copyFrom(new byte[size])))
                .build();
    }
}
