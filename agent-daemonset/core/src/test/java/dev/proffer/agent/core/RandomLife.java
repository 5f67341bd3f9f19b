package dev.proffer.agent.core;

import dev.proffer.protocol.link.KillTask;
import dev.proffer.protocol.link.LaunchTask;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.Refused;
import dev.proffer.protocol.link.ShutDownFramework;
import dev.proffer.protocol.link.TermOver;
import dev.proffer.protocol.v1.DurationInfo;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Events as they come to an agent, sensible and not, from a seed. */
final class RandomLife {
    private static final int FRAMEWORKS = 3;
    private static final int TASKS = 4;

    private final SplittableRandom chance;
    private final List<Container> containers = new ArrayList<>();
    private AgentRig agent = new AgentRig();
    private int effectsSeen;
    private long term = 1;

    RandomLife(long seed) {
        this.chance = new SplittableRandom(seed);
        agent.started().registered(term);
    }

    AgentRig agent() {
        return agent;
    }

    void step() {
        switch (chance.nextInt(20)) {
            case 0, 1, 2, 3 -> agent.frame(term, launch());
            case 4, 5, 6 -> report(container -> new AgentInput.TaskStarted(container, 10));
            case 7, 8 -> report(container -> new AgentInput.TaskExited(container, exit()));
            case 9 -> report(container -> new AgentInput.TaskNotStarted(container, "no luck"));
            case 10, 11, 12 -> acknowledge();
            case 13, 14 -> agent.frame(term, kill());
            case 15 -> agent.pass(Duration.ofMillis(chance.nextInt(8_000)));
            case 16 -> newLink();
            case 17 -> agent.disk(chance.nextInt(4) == 0 ? AgentRig.Disk.FAILS : AgentRig.Disk.WORKS);
            default -> rarely();
        }
        for (; effectsSeen < agent.effects.size(); effectsSeen++) {
            if (agent.effects.get(effectsSeen) instanceof AgentEffect.Launch launch) {
                containers.add(launch.container());
            }
        }
    }

    private void rarely() {
        switch (chance.nextInt(9)) {
            case 8 -> {
                agent.frame(term, MasterFrame.newBuilder().setTermOver(TermOver.getDefaultInstance()));
                term++;
                agent.pass(Duration.ofSeconds(1));
                agent.registered(term);
            }
            case 0, 1 ->
                agent.frame(
                        term,
                        MasterFrame.newBuilder()
                                .setShutDownFramework(
                                        ShutDownFramework.newBuilder().setFrameworkId(framework())));
            case 2, 3, 4 -> restart();
            case 5 -> {
                term++;
                newLink();
            }
            case 6 ->
                agent.frame(MasterFrame.newBuilder()
                        .setRefused(Refused.newBuilder().setReason("no").setPermanent(chance.nextInt(4) == 0)));
            default -> {
                agent.input(new AgentInput.EndTasks());
                if (chance.nextInt(4) > 0) {
                    restart();
                }
            }
        }
    }

    /** All that was started is found again, in one state or another. */
    private void restart() {
        agent.disk(AgentRig.Disk.WORKS);
        agent = agent.restarted("boot-1", Duration.ofSeconds(chance.nextInt(100)))
                .started();
        effectsSeen = 0;
        for (var find : List.copyOf(agent.effects(AgentEffect.Find.class))) {
            switch (chance.nextInt(4)) {
                case 0 -> agent.input(new AgentInput.TaskNotFound(find.container()));
                case 1 -> agent.input(new AgentInput.TaskExited(find.container(), exit()));
                default -> agent.input(new AgentInput.TaskStarted(find.container(), 10));
            }
        }
        agent.registered(term);
    }

    private void newLink() {
        agent.closeLink();
        agent.pass(Duration.ofSeconds(61));
        agent.registered(term);
    }

    private void report(Function<Container, AgentInput> report) {
        if (!containers.isEmpty()) {
            int youngest = containers.size() - 1;
            agent.input(report.apply(containers.get(youngest - chance.nextInt(Math.min(4, containers.size())))));
        }
    }

    private ExitStatus exit() {
        return switch (chance.nextInt(3)) {
            case 0 -> new ExitStatus.Exited(chance.nextInt(2));
            case 1 -> new ExitStatus.Signalled(9);
            default -> new ExitStatus.Unknown("gone");
        };
    }

    private MasterFrame.Builder launch() {
        var framework =
                FrameworkInfo.newBuilder().setUser("user").setName("name").setId(framework());
        if (chance.nextBoolean()) {
            framework.addCapabilities(
                    FrameworkInfo.Capability.newBuilder().setType(FrameworkInfo.Capability.Type.TASK_KILLING_STATE));
        }
        return MasterFrame.newBuilder()
                .setLaunchTask(LaunchTask.newBuilder().setFramework(framework).setTask(task()));
    }

    private TaskInfo.Builder task() {
        var task = Orders.task("t" + chance.nextInt(TASKS));
        if (chance.nextInt(4) == 0) {
            task.setMaxCompletionTime(DurationInfo.newBuilder().setNanoseconds(chance.nextLong(10_000_000_000L)));
        }
        if (chance.nextInt(8) == 0) {
            task.getCommandBuilder().clearValue();
        }
        return task;
    }

    private MasterFrame.Builder kill() {
        var kill =
                KillTask.newBuilder().setFrameworkId(framework()).setTaskId(Orders.taskId("t" + chance.nextInt(TASKS)));
        if (chance.nextBoolean()) {
            kill.setKillPolicy(Orders.policy(Duration.ofMillis(chance.nextInt(9_000))));
        }
        return MasterFrame.newBuilder().setKillTask(kill);
    }

    /** One of the updates that were sent last. */
    private void acknowledge() {
        var sent = agent.updates();
        if (!sent.isEmpty()) {
            agent.frame(term, Orders.acknowledge(sent.get(Math.max(0, sent.size() - 1 - chance.nextInt(3)))));
        }
    }

    private FrameworkID framework() {
        return FrameworkID.newBuilder()
                .setValue("framework-" + chance.nextInt(FRAMEWORKS))
                .build();
    }
}
