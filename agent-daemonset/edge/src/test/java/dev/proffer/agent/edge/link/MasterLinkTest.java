package dev.proffer.agent.edge.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.LinkId;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Leading;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.v1.AgentInfo;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterLinkTest {
    private final Path folder;
    private final Path token;

    private final ServerSocket master = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final List<AgentInput> heard = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile Optional<InetSocketAddress> leader =
            Optional.of(new InetSocketAddress(master.getInetAddress(), master.getLocalPort()));
    private final MasterLink link = new MasterLink(() -> leader, LinkSecurity.NONE, input -> {
        threads.add(Thread.currentThread());
        heard.add(input);
    });

    MasterLinkTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.token = folder.resolve("token");
    }

    @AfterEach
    void close() throws IOException {
        link.close();
        master.close();
    }

    private static AgentFrame ping(long sequence) {
        return AgentFrame.newBuilder()
                .setPing(Ping.newBuilder().setSequence(sequence))
                .build();
    }

    @Test
    void carriesFramesBothWays() throws IOException {
        link.dial(new LinkId(1));
        try (var agent = master.accept()) {
            await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
            link.send(new LinkId(1), ping(1));
            link.send(new LinkId(1), ping(2));
            var in = new DataInputStream(agent.getInputStream());
            assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(ping(1));
            assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(ping(2));

            var pong = MasterFrame.newBuilder().setTerm(3).build();
            var out = new DataOutputStream(agent.getOutputStream());
            out.writeInt(pong.getSerializedSize());
            pong.writeTo(out);

            await().until(() -> heard.contains(new AgentInput.FrameReceived(new LinkId(1), pong)));
        }
        await().until(() -> heard.contains(new AgentInput.LinkClosed(new LinkId(1), "the master hung up")));
    }

    @Test
    void hangsUpAfterWhatWasSentAndSendsNothingElse() throws IOException {
        link.dial(new LinkId(1));
        try (var agent = master.accept()) {
            await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
            link.send(new LinkId(1), ping(1));

            link.hangUp(new LinkId(1), "the test wants it");

            var in = new DataInputStream(agent.getInputStream());
            assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(ping(1));
            assertThat(in.readAllBytes()).isEmpty();
        }
    }

    @Test
    void dropsWhatIsForAnEarlierLink() throws IOException {
        link.dial(new LinkId(1));
        try (var first = master.accept()) {
            link.dial(new LinkId(2));
            try (var second = master.accept()) {
                await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(2))));
                link.send(new LinkId(1), ping(1));
                link.hangUp(new LinkId(1), "late");
                link.send(new LinkId(2), ping(2));

                var in = new DataInputStream(second.getInputStream());
                assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(ping(2));
                assertThat(first.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void provesWhoItIsWithTheTokenAsItIsNowAndSendsNewerOnes() throws IOException {
        Files.writeString(token, "first\n");
        try (var proving = new MasterLink(
                () -> leader,
                new LinkSecurity(Optional.empty(), Optional.of(token)),
                Duration.ofMillis(20),
                heard::add)) {
            proving.dial(new LinkId(1));
            try (var agent = master.accept()) {
                await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
                Files.writeString(token, "second");
                proving.send(new LinkId(1), hello());
                var in = new DataInputStream(agent.getInputStream());
                assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))
                                .getHello()
                                .getToken())
                        .isEqualTo("second");

                Files.delete(token);
                replace("third");
                assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))
                                .getRenewal()
                                .getToken())
                        .isEqualTo("third");
            }
        }
    }

    /** The master says what is missing. */
    @Test
    void saysHelloWithoutATokenThatCannotBeRead() throws IOException {
        try (var proving =
                new MasterLink(() -> leader, new LinkSecurity(Optional.empty(), Optional.of(token)), heard::add)) {
            proving.dial(new LinkId(1));
            try (var agent = master.accept()) {
                await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
                proving.send(new LinkId(1), hello());
                var in = new DataInputStream(agent.getInputStream());
                assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(hello());
            }
        }
    }

    @Test
    void saysThatTheAuthoritysCertificateIsMissing() throws IOException {
        var tls = new LinkSecurity.Tls(Optional.of(folder.resolve("ca.crt")));
        try (var secure =
                new MasterLink(() -> leader, new LinkSecurity(Optional.of(tls), Optional.empty()), heard::add)) {
            secure.dial(new LinkId(1));
            await().until(() -> !heard.isEmpty());
            assertThat(heard)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            AgentInput.LinkClosed.class,
                            closed -> assertThat(closed.reason()).contains("ca.crt"));
        }
    }

    private void replace(String text) throws IOException {
        var fresh = Files.writeString(folder.resolve("token.new"), text);
        Files.move(fresh, token, StandardCopyOption.ATOMIC_MOVE);
    }

    private static AgentFrame hello() {
        return AgentFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setInfo(AgentInfo.newBuilder().setHostname("node-1"))
                        .setVersion("0.1.0")
                        .setBootId("boot"))
                .build();
    }

    @Test
    void asksBesideTheLinkWhoLeads() throws IOException {
        link.dial(new LinkId(1));
        try (var agent = master.accept()) {
            await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
            link.probe();
            try (var probe = master.accept()) {
                var in = new DataInputStream(probe.getInputStream());
                assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt())).hasProbe())
                        .isTrue();
                var leading = Leading.newBuilder()
                        .setLeader(TermHolder.newBuilder().setTerm(3).setHolder("a"))
                        .setClusterUid("cluster")
                        .build();
                var answer = MasterFrame.newBuilder().setLeading(leading).build();
                var out = new DataOutputStream(probe.getOutputStream());
                out.writeInt(answer.getSerializedSize());
                answer.writeTo(out);

                await().until(() -> heard.contains(new AgentInput.LeaderFound(leading)));
                assertThat(in.readAllBytes()).isEmpty();
            }
            link.send(new LinkId(1), ping(1));
            var in = new DataInputStream(agent.getInputStream());
            assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(ping(1));
        }
    }

    @Test
    void askingNobodyChangesNothing() throws IOException {
        link.dial(new LinkId(1));
        try (var agent = master.accept()) {
            await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
            master.close();
            link.probe();
            leader = Optional.empty();
            link.probe();
            link.send(new LinkId(1), ping(1));
            var in = new DataInputStream(agent.getInputStream());
            assertThat(AgentFrame.parseFrom(in.readNBytes(in.readInt()))).isEqualTo(ping(1));
        }
        assertThat(heard).noneMatch(AgentInput.LeaderFound.class::isInstance);
    }

    @Test
    void saysThatNoLeaderIsKnownFromAnotherThread() {
        leader = Optional.empty();

        link.dial(new LinkId(1));

        await().until(() -> heard.contains(new AgentInput.LinkClosed(new LinkId(1), "no leader is known")));
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        master.close();

        link.dial(new LinkId(1));

        await().until(() -> !heard.isEmpty());
        assertThat(heard)
                .singleElement()
                .isInstanceOfSatisfying(
                        AgentInput.LinkClosed.class,
                        closed -> assertThat(closed.reason()).contains(Integer.toString(master.getLocalPort())));
    }

    /** Fault 23: lengths that nobody should believe, and bytes that are no message. */
    @Test
    void endsTheConnectionOverWhatIsNoFrame() throws IOException {
        for (int length : new int[] {Integer.MAX_VALUE, -1, (16 << 20) + 1, 3}) {
            heard.clear();
            link.dial(new LinkId(1));
            try (var agent = master.accept()) {
                var out = new DataOutputStream(agent.getOutputStream());
                out.writeInt(length);
                out.write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff});

                await().until(() -> heard.stream().anyMatch(AgentInput.LinkClosed.class::isInstance));
            }
        }
    }

    @Test
    void endsTheConnectionOfAMasterThatDoesNotRead() throws IOException {
        link.dial(new LinkId(1));
        try (var agent = master.accept()) {
            await().until(() -> heard.contains(new AgentInput.LinkOpened(new LinkId(1))));
            var large = AgentFrame.newBuilder().setSession("x".repeat(8 << 20)).build();
            for (int frame = 0; frame < 20; frame++) {
                link.send(new LinkId(1), large);
            }

            await().until(() -> heard.contains(new AgentInput.LinkClosed(new LinkId(1), "the master does not read")));
            assertThat(agent.isConnected()).isTrue();
        }
    }
}
