package dev.proffer.agent.edge.problems;

import dev.proffer.model.Ranges;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.Scalar;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What is wrong on an agent's machine. Tasks that run are never touched for it. */
public sealed interface Problem {
    /** A word for programs: the reason on the agent's Agent object. */
    String name();

    /** What is wrong. */
    String sentence();

    /** What people can do about it. */
    String remedy();

    /** Of what the agent was configured to offer, what it can offer all the same: as a rule nothing. */
    default Resources left(Resources configured) {
        return Resources.EMPTY;
    }

    default String message() {
        return sentence() + ": " + remedy();
    }

    /** No cgroups at all. */
    record CgroupsNotMounted() implements Problem {
        @Override
        public String name() {
            return "CgroupsNotMounted";
        }

        @Override
        public String sentence() {
            return "no cgroups are mounted";
        }

        @Override
        public String remedy() {
            return "mount /sys/fs/cgroup of the host into the agent's container";
        }
    }

    record ControllerMissing(String controller) implements Problem {
        @Override
        public String name() {
            return "ControllerMissing";
        }

        @Override
        public String sentence() {
            return "the cgroup controller '" + controller + "' is not mounted, so tasks cannot be held to their limits";
        }

        @Override
        public String remedy() {
            return "mount it on the machine and restart the agent";
        }
    }

    /** Version 2: it is not enabled above. */
    record ControllerNotEnabled(String controller, String cgroup) implements Problem {
        @Override
        public String name() {
            return "ControllerMissing";
        }

        @Override
        public String sentence() {
            return "the cgroup controller '" + controller + "' is not available in the cgroup " + cgroup;
        }

        @Override
        public String remedy() {
            return "enable it in cgroup.subtree_control of those above";
        }
    }

    /** Version 2: a cgroup has either processes or children with controllers. */
    record CgroupOccupied(String cgroup) implements Problem {
        @Override
        public String name() {
            return "CgroupOccupied";
        }

        @Override
        public String sentence() {
            return "the cgroup " + cgroup + " has processes, so that no controllers act on cgroups below it";
        }

        @Override
        public String remedy() {
            return "move them into a cgroup of their own, or have tasks run below another one";
        }
    }

    record CgroupsReadOnly(String mountPoint) implements Problem {
        @Override
        public String name() {
            return "CgroupsReadOnly";
        }

        @Override
        public String sentence() {
            return "the cgroups at " + mountPoint + " are mounted read-only";
        }

        @Override
        public String remedy() {
            return "run the agent's container privileged";
        }
    }

    record NotPrivileged(String folder, String cause) implements Problem {
        @Override
        public String name() {
            return "NotPrivileged";
        }

        @Override
        public String sentence() {
            return "no cgroup can be made at " + folder + " (" + cause + ")";
        }

        @Override
        public String remedy() {
            return "run the agent as root, in a privileged container";
        }
    }

    record NoHolder(Path holders, String pods) implements Problem {
        @Override
        public String name() {
            return "NoHolder";
        }

        @Override
        public String sentence() {
            return "no pod holds a share of this node for the agent, since none of those with a folder in " + holders
                    + " has a cgroup below " + pods;
        }

        @Override
        public String remedy() {
            return "see why no pod of the holder DaemonSet runs on this node";
        }
    }

    record CgroupsOfSystemd(String slice) implements Problem {
        @Override
        public String name() {
            return "CgroupsOfSystemd";
        }

        @Override
        public String sentence() {
            return "the kubelet leaves cgroups to systemd (" + slice + "), which would take this agent's away";
        }

        @Override
        public String remedy() {
            return "set its cgroupDriver to cgroupfs";
        }
    }

    /**
     * @param cpuMillis what the holder's pod has; empty if it has enough
     * @param memoryBytes the same
     */
    record HolderTooSmall(OptionalLong cpuMillis, OptionalLong memoryBytes) implements Problem {
        private static final double MILLIS = 1_000;
        private static final long MEBIBYTE = 1 << 20;

        @Override
        public String name() {
            return "HolderTooSmall";
        }

        @Override
        public String sentence() {
            var cpus = cpuMillis.isPresent() ? cpuMillis.getAsLong() / MILLIS + " cpus" : "";
            var memory = memoryBytes.isPresent() ? memoryBytes.getAsLong() / MEBIBYTE + " MiB of memory" : "";
            return "the holder's pod has only " + cpus + (cpus.isEmpty() || memory.isEmpty() ? "" : " and ") + memory
                    + ", which is less than the pool's amounts";
        }

        @Override
        public String remedy() {
            return "delete that pod when its tasks may end, or give the pool less";
        }

        @Override
        public Resources left(Resources configured) {
            var cpus = cpuMillis.isPresent() ? atMost(configured, "cpus", cpuMillis.getAsLong()) : configured;
            return memoryBytes.isPresent()
                    ? atMost(cpus, "mem", memoryBytes.getAsLong() * (long) MILLIS / MEBIBYTE)
                    : cpus;
        }

        /** What is reserved goes last. */
        private static Resources atMost(Resources all, String resource, long thousandths) {
            var remaining = all;
            for (var part : new Resources[] {all.unreserved(), all.reserved()}) {
                for (var each : part.filter(one -> one.name().equals(resource) && one.isScalar())) {
                    long excess = remaining.scalar(resource).thousandths() - thousandths;
                    if (excess > 0) {
                        var cut = Math.min(excess, each.value().thousandths());
                        remaining = remaining.minus(Resources.of(each.withValue(new Scalar(cut))));
                    }
                }
            }
            return remaining;
        }
    }

    /** @param ports those that tasks must not have */
    record PortsForbidden(Ranges ports) implements Problem {
        @Override
        public String name() {
            return "PortsForbidden";
        }

        @Override
        public String sentence() {
            return "the ports " + ports + " are others', such as Kubernetes' node ports, and are not offered";
        }

        @Override
        public String remedy() {
            return "take them out of the pool's ports";
        }

        @Override
        public Resources left(Resources configured) {
            return configured.minus(Resources.of(Resource.of("ports", ports)));
        }
    }

    record ProgramMissing(Path program) implements Problem {
        @Override
        public String name() {
            return "ProgramMissing";
        }

        @Override
        public String sentence() {
            return program + " is no program";
        }

        @Override
        public String remedy() {
            return "install it, or set its path in the agent's configuration";
        }
    }

    record ToolboxIncomplete(Path folder) implements Problem {
        @Override
        public String name() {
            return "ToolboxIncomplete";
        }

        @Override
        public String sentence() {
            return folder + " is missing";
        }

        @Override
        public String remedy() {
            return "a toolbox must be a whole root file system";
        }
    }

    record TaskRootMissing(Path folder) implements Problem {
        @Override
        public String name() {
            return "TaskRootMissing";
        }

        @Override
        public String sentence() {
            return folder + " is no folder";
        }

        @Override
        public String remedy() {
            return "it must be the root file system of tasks without an image";
        }
    }

    record DiskFull(Path folder, long leastMebibytes) implements Problem {
        @Override
        public String name() {
            return "DiskFull";
        }

        @Override
        public String sentence() {
            return "less than " + leastMebibytes + " MiB are free at " + folder;
        }

        @Override
        public String remedy() {
            return "free some: what is left is for the tasks that run, and for the journal";
        }
    }

    record DiskReadOnly(Path folder) implements Problem {
        @Override
        public String name() {
            return "DiskReadOnly";
        }

        @Override
        public String sentence() {
            return "the agent may not write to " + folder;
        }

        @Override
        public String remedy() {
            return "mount it read-write";
        }
    }

    record JournalFailing(Path folder) implements Problem {
        @Override
        public String name() {
            return "JournalFailing";
        }

        @Override
        public String sentence() {
            return "the agent's journal in " + folder + " cannot be written";
        }

        @Override
        public String remedy() {
            return "see the agent's log for the cause, and mend the disk";
        }
    }

    /** Anything else. */
    record SetUpFailed(String cause) implements Problem {
        @Override
        public String name() {
            return "SetUpFailed";
        }

        @Override
        public String sentence() {
            return "what tasks need cannot be set up";
        }

        @Override
        public String remedy() {
            return cause;
        }
    }
}
