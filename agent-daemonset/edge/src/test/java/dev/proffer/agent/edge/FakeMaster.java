package dev.proffer.agent.edge;

import static org.awaitility.Awaitility.await;

import dev.proffer.protocol.link.AcknowledgeStatus;
import dev.proffer.protocol.link.AgentFrame;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Pong;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.link.Registered;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.link.TermHolder;
import dev.proffer.protocol.link.Welcome;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A master on a real socket that registers every agent, acknowledges every update and remembers what it was told. */
final class FakeMaster implements AutoCloseable {
    static final String AGENT = "m1-S0";
    static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final FrameworkID FRAMEWORK =
            FrameworkID.newBuilder().setValue("f1").build();

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<AgentFrame> frames = new CopyOnWriteArrayList<>();
    private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);
    private volatile boolean acknowledges = true;
    private volatile @Nullable Socket agent;
    private volatile int sessions;

    FakeMaster() throws IOException {
        accepting.start();
    }

    Optional<InetSocketAddress> address() {
        return Optional.of(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()));
    }

    void acknowledges(boolean does) {
        acknowledges = does;
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> read(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void read(Socket socket) {
        try (socket) {
            agent = socket;
            var in = new DataInputStream(socket.getInputStream());
            while (true) {
                answer(AgentFrame.parseFrom(in.readNBytes(in.readInt())));
            }
        } catch (IOException hungUp) {
            // As agents do.
        }
    }

    private synchronized void answer(AgentFrame frame) throws IOException {
        frames.add(frame);
        switch (frame.getBodyCase()) {
            case HELLO -> {
                sessions++;
                send(MasterFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setLeader(TermHolder.newBuilder().setTerm(1).setHolder("fake"))
                                .setSession(session())
                                .setClusterUid("cluster")));
            }
            case INVENTORY ->
                send(MasterFrame.newBuilder()
                        .setRegistered(Registered.newBuilder()
                                .setAgentId(AgentID.newBuilder().setValue(AGENT))
                                .setPingIntervalSeconds(5)
                                .setPingTimeoutSeconds(15)));
            case PING ->
                send(MasterFrame.newBuilder()
                        .setPong(Pong.newBuilder().setSequence(frame.getPing().getSequence())));
            case STATUS_UPDATE -> {
                if (acknowledges) {
                    acknowledge(frame.getStatusUpdate());
                }
            }
            case PONG, REFUSAL, UNREGISTER, PROBE, RENEWAL, FILE_CONTENT, UPDATE_CAPACITY, DEPARTURE, BODY_NOT_SET -> {}
        }
    }

    private String session() {
        return "session-" + sessions;
    }

    private void acknowledge(StatusUpdate update) throws IOException {
        send(MasterFrame.newBuilder()
                .setAcknowledgeStatus(AcknowledgeStatus.newBuilder()
                        .setFrameworkId(update.getFrameworkId())
                        .setTaskId(update.getStatus().getTaskId())
                        .setUuid(update.getStatus().getUuid())));
    }

    private synchronized void send(MasterFrame.Builder frame) throws IOException {
        var socket = agent;
        if (socket == null) {
            throw new IOException("no agent is connected");
        }
        var bytes = frame.setTerm(1).setSession(session()).build().toByteArray();
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    void launch(TaskInfo task) throws IOException {
        send(MasterFrame.newBuilder()
                .setLaunchTask(LaunchTask.newBuilder()
                        .setFramework(FrameworkInfo.newBuilder()
                                .setUser("nobody")
                                .setName("test")
                                .setId(FRAMEWORK))
                        .setTask(task)));
    }

    void read(String task, String path) throws IOException {
        send(MasterFrame.newBuilder()
                .setReadFile(ReadFile.newBuilder()
                        .setRequest(1)
                        .setFrameworkId(FRAMEWORK)
                        .setExecutorId(ExecutorID.newBuilder().setValue(task))
                        .setPath(path)
                        .setOffset(0)
                        .setLength(100)));
    }

    void kill(String task) throws IOException {
        send(MasterFrame.newBuilder()
                .setKillTask(KillTask.newBuilder()
                        .setFrameworkId(FRAMEWORK)
                        .setTaskId(TaskID.newBuilder().setValue(task))));
    }

    void hangUp() throws IOException {
        var socket = agent;
        if (socket != null) {
            socket.close();
        }
    }

    /** Forgets what it was told so far. */
    void forget() {
        frames.clear();
    }

    List<AgentFrame> frames() {
        return List.copyOf(frames);
    }

    List<Hello> hellos() {
        return frames.stream()
                .filter(AgentFrame::hasHello)
                .map(AgentFrame::getHello)
                .toList();
    }

    List<Inventory> inventories() {
        return frames.stream()
                .filter(AgentFrame::hasInventory)
                .map(AgentFrame::getInventory)
                .toList();
    }

    /** The states of that task that were reported, repetitions left out. */
    List<TaskState> states(String task) {
        return frames.stream()
                .filter(AgentFrame::hasStatusUpdate)
                .map(frame -> frame.getStatusUpdate().getStatus())
                .filter(status -> status.getTaskId().getValue().equals(task))
                .distinct()
                .map(status -> status.getState())
                .toList();
    }

    void awaitState(String task, TaskState state) {
        await().atMost(PATIENCE).until(() -> states(task).contains(state));
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }
}
