package dev.proffer.sdk;

import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.Label;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A task before it has an agent: what to run and how much it needs. Immutable; each method returns a changed copy.
 *
 * <pre>{@code TaskSpec.shell("job-7", "make -C /src test").cpus(0.5).mem(256)}</pre>
 */
public final class TaskSpec {
    private final TaskInfo prototype;
    private final SortedMap<String, Scalar> amounts;
    private final int portCount;

    private TaskSpec(TaskInfo prototype, SortedMap<String, Scalar> amounts, int portCount) {
        this.prototype = prototype;
        this.amounts = Collections.unmodifiableSortedMap(amounts);
        this.portCount = portCount;
    }

    /**
     * A line for {@code /bin/sh -c}.
     *
     * @param id unique among the framework's tasks; best never used again
     */
    public static TaskSpec shell(String id, String line) {
        return of(id, CommandInfo.newBuilder().setShell(true).setValue(line).build());
    }

    /** A program and its arguments, without a shell. */
    public static TaskSpec program(String id, String program, String... arguments) {
        return of(
                id,
                CommandInfo.newBuilder()
                        .setShell(false)
                        .setValue(program)
                        .addArguments(program)
                        .addAllArguments(List.of(arguments))
                        .build());
    }

    private static TaskSpec of(String id, CommandInfo command) {
        var prototype = TaskInfo.newBuilder()
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setName(id)
                .setCommand(command)
                .buildPartial();
        return new TaskSpec(prototype, new TreeMap<>(), 0);
    }

    public TaskID id() {
        return prototype.getTaskId();
    }

    /** What people see; the id unless said. */
    public TaskSpec named(String name) {
        return with(task -> task.setName(name));
    }

    public TaskSpec cpus(double cores) {
        return resource("cpus", cores);
    }

    public TaskSpec mem(double megabytes) {
        return resource("mem", megabytes);
    }

    public TaskSpec disk(double megabytes) {
        return resource("disk", megabytes);
    }

    public TaskSpec gpus(int count) {
        return resource("gpus", count);
    }

    /** Any scalar resource; exact to three decimals, zero for none. */
    public TaskSpec resource(String name, double amount) {
        var changed = new TreeMap<>(amounts);
        changed.put(name, Scalar.of(amount));
        return new TaskSpec(prototype, changed, portCount);
    }

    /** How many ports of the agent it needs; which ones, stands in the resources of its {@link TaskInfo}. */
    public TaskSpec ports(int count) {
        return new TaskSpec(prototype, amounts, count);
    }

    public TaskSpec env(String name, String value) {
        return with(task -> task.getCommandBuilder()
                .getEnvironmentBuilder()
                .addVariables(Environment.Variable.newBuilder().setName(name).setValue(value)));
    }

    public TaskSpec label(String key, String value) {
        return with(task ->
                task.getLabelsBuilder().addLabels(Label.newBuilder().setKey(key).setValue(value)));
    }

    /** How long the task has between being asked to end and being made to. */
    public TaskSpec killGrace(Duration grace) {
        return with(task -> task.getKillPolicyBuilder().getGracePeriodBuilder().setNanoseconds(grace.toNanos()));
    }

    /** Changes anything else: container, health check, files to fetch. */
    public TaskSpec with(Consumer<TaskInfo.Builder> change) {
        var changed = prototype.toBuilder();
        change.accept(changed);
        return new TaskSpec(changed.buildPartial(), amounts, portCount);
    }

    SortedMap<String, Scalar> amounts() {
        return amounts;
    }

    int portCount() {
        return portCount;
    }

    TaskInfo on(AgentID agent, List<Resource> resources) {
        return prototype.toBuilder()
                .setAgentId(agent)
                .addAllResources(resources)
                .build();
    }
}
