package dev.proffer.testing.kubernetes.budget;

import dev.proffer.model.Resources;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Agents that register over sockets of their own, answer pings and run nothing. */
final class SimulatedAgents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SimulatedAgents.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger registered = new AtomicInteger();

    private SimulatedAgents() {}

    /** Dials the master's port of agents so many times. */
    static SimulatedAgents start(int port, int count) {
        var agents = new SimulatedAgents();
        for (int i = 0; i < count; i++) {
            agents.start(port, "node-" + i);
        }
        return agents;
    }

    /** How many the master let in. */
    int registered() {
        return registered.get();
    }

    private void start(int port, String hostname) {
        threads.add(Thread.ofVirtual().name(hostname).start(() -> dialAgainAndAgain(port, hostname)));
    }

    /** A master that does not lead yet hangs up. */
    private void dialAgainAndAgain(int port, String hostname) {
        try {
            while (true) {
                serve(port, hostname);
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException closed) {
            LOG.debug("{} ended", hostname);
        }
    }

    private void serve(int port, String hostname) {
        boolean isIn = false;
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var input = new DataInputStream(socket.getInputStream());
            var output = new DataOutputStream(socket.getOutputStream());
            send(output, AgentFrame.newBuilder().setHello(hello(hostname)));
            while (true) {
                var frame = MasterFrame.parseFrom(input.readNBytes(input.readInt()));
                if (frame.hasRegistered() && !isIn) {
                    isIn = true;
                    registered.incrementAndGet();
                }
                answer(frame, output);
            }
        } catch (IOException hungUp) {
            LOG.debug("{} lost its master: {}", hostname, hungUp.toString());
        } finally {
            if (isIn) {
                registered.decrementAndGet();
            }
        }
    }

    private void answer(MasterFrame frame, DataOutputStream output) throws IOException {
        var answer = AgentFrame.newBuilder().setTerm(frame.getTerm()).setSession(frame.getSession());
        switch (frame.getBodyCase()) {
            case WELCOME ->
                send(output, answer.setInventory(Inventory.newBuilder().setLast(true)));
            case PING ->
                send(
                        output,
                        answer.setPong(
                                Pong.newBuilder().setSequence(frame.getPing().getSequence())));
            default -> {}
        }
    }

    private static void send(DataOutputStream output, AgentFrame.Builder frame) throws IOException {
        var built = frame.build();
        output.writeInt(built.getSerializedSize());
        built.writeTo(output);
        output.flush();
    }

    private static Hello hello(String hostname) {
        var hello = Hello.newBuilder()
                .setVersion("0.1.0")
                .setBootId("boot")
                .setInfo(AgentInfo.newBuilder()
                        .setHostname(hostname)
                        .setPort(5051)
                        .addAllResources(ResourceWriter.write(
                                Resources.parse("cpus:4;mem:4096"), ReservationFormat.REFINED, Optional.empty())));
        for (var type : List.of(
                AgentInfo.Capability.Type.MULTI_ROLE,
                AgentInfo.Capability.Type.HIERARCHICAL_ROLE,
                AgentInfo.Capability.Type.RESERVATION_REFINEMENT)) {
            hello.addCapabilitiesBuilder().setType(type);
        }
        return hello.build();
    }

    /** A thread that waits for a socket closes it when it is interrupted. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
