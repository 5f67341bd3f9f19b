package dev.proffer.master.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.LinkId;
import dev.proffer.master.core.MasterInput;
import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.Inventory;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.link.StatusUpdate;
import dev.proffer.protocol.link.UpdateCapacity;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.Task;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An agent that remembers all that it was sent, and reports what the test says. */
public final class TestAgent {
    private final MasterScenario scenario;
    private final Hello.Builder hello;
    private final LinkedHashMap<String, LaunchTask> launched = new LinkedHashMap<>();
    private final LinkedHashMap<String, TaskState> states = new LinkedHashMap<>();
    private final List<MasterFrame> frames = new ArrayList<>();
    private final List<String> hangUps = new ArrayList<>();
    private @Nullable LinkId link;
    private boolean answersPings = true;
    private long uuids;

    TestAgent(MasterScenario scenario, String hostname, String resources) {
        this.scenario = scenario;
        this.hello = Hello.newBuilder()
                .setVersion("1")
                .setBootId("boot")
                .setInfo(AgentInfo.newBuilder()
                        .setHostname(hostname)
                        .setPort(5051)
                        .addAllResources(ResourceWriter.write(
                                Resources.parse(resources), ReservationFormat.REFINED, Optional.empty())));
    }

    public Hello.Builder hello() {
        return hello;
    }

    public AgentInfo.Builder info() {
        return hello.getInfoBuilder();
    }

    // Life

    /** Dials without a word to the old link, and tells all that it runs. */
    public TestAgent register() {
        dial();
        inventory(inventory().setLast(true).build());
        return this;
    }

    public LinkId dial() {
        var fresh = scenario.newLink(this);
        link = fresh;
        scenario.apply(new MasterInput.AgentHello(fresh, hello.build(), "10.0.0.1:40000"));
        return fresh;
    }

    public void inventory(Inventory part) {
        scenario.apply(new MasterInput.AgentInventory(link(), part));
    }

    public Inventory.Builder inventory() {
        var inventory = Inventory.newBuilder();
        var frameworks = new ArrayList<String>();
        launched.forEach((id, launch) -> {
            var framework = launch.getFramework();
            if (!frameworks.contains(framework.getId().getValue())) {
                frameworks.add(framework.getId().getValue());
                inventory.addFrameworks(framework);
            }
            inventory.addTaskInfos(launch.getTask());
            inventory.addTasks(Task.newBuilder()
                    .setName(launch.getTask().getName())
                    .setTaskId(launch.getTask().getTaskId())
                    .setFrameworkId(framework.getId())
                    .setAgentId(launch.getTask().getAgentId())
                    .setState(states.getOrDefault(id, TaskState.TASK_STAGING)));
        });
        return inventory;
    }

    public void disconnect() {
        scenario.apply(new MasterInput.LinkClosed(link(), "broken"));
    }

    /** Has these resources from now on. */
    public void changeCapacity(String resources, Problem... problems) {
        scenario.apply(new MasterInput.AgentCapacityChanged(
                link(),
                UpdateCapacity.newBuilder()
                        .addAllResources(ResourceWriter.write(
                                Resources.parse(resources), ReservationFormat.REFINED, Optional.empty()))
                        .addAllProblems(List.of(problems))
                        .build()));
    }

    public void unregister() {
        scenario.apply(new MasterInput.AgentUnregistered(link()));
    }

    public void answerPings(boolean answer) {
        answersPings = answer;
    }

    /** Forgets the task, as if its disk was lost. */
    public void lose(String task) {
        launched.remove(task);
    }

    // What it reports

    /** Reports a state, and returns the status with its uuid. */
    public TaskStatus report(String task, TaskState state) {
        return report(task, state, state);
    }

    public TaskStatus report(String task, TaskState state, TaskState latest) {
        states.put(task, latest);
        var status = status(task, state);
        send(task, status, latest);
        return status;
    }

    public TaskStatus status(String task, TaskState state) {
        var bytes = ByteBuffer.allocate(16).putLong(uuids++).putLong(0).flip();
        return TaskStatus.newBuilder()
                .setTaskId(launch(task).getTask().getTaskId())
                .setState(state)
                .setSource(TaskStatus.Source.SOURCE_EXECUTOR)
                .setUuid(ByteString.copyFrom(bytes))
                .build();
    }

    public void send(String task, TaskStatus status, TaskState latest) {
        scenario.apply(new MasterInput.AgentStatusUpdate(
                link(),
                StatusUpdate.newBuilder()
                        .setFrameworkId(launch(task).getFramework().getId())
                        .setStatus(status)
                        .setLatestState(latest)
                        .build()));
    }

    private LaunchTask launch(String task) {
        return Objects.requireNonNull(launched.get(task), () -> task + " was not launched here");
    }

    // What it receives

    void received(LinkId on, MasterFrame frame) {
        assertThat(frame.getSession()).isEqualTo(on.value());
        assertThat(frame.getTerm()).isPositive();
        frames.add(frame);
        switch (frame.getBodyCase()) {
            case REGISTERED -> info().setId(frame.getRegistered().getAgentId());
            case LAUNCH_TASK ->
                launched.put(frame.getLaunchTask().getTask().getTaskId().getValue(), frame.getLaunchTask());
            case PING -> {
                if (answersPings) {
                    scenario.later(new MasterInput.AgentPong(on, frame.getPing().getSequence()));
                }
            }
            default -> {}
        }
    }

    void hungUp(LinkId on, String reason) {
        hangUps.add(on.value() + ": " + reason);
    }

    public AgentId id() {
        return new AgentId(info().getId().getValue());
    }

    public LinkId link() {
        return Objects.requireNonNull(link);
    }

    public List<MasterFrame> frames(MasterFrame.BodyCase kind) {
        return frames.stream().filter(frame -> frame.getBodyCase() == kind).toList();
    }

    public List<MasterFrame> frames() {
        return List.copyOf(frames);
    }

    public void forget() {
        frames.clear();
        hangUps.clear();
    }

    /** The links that the master hung up, each with its reason. */
    public List<String> hangUps() {
        return List.copyOf(hangUps);
    }
}
