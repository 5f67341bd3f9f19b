package dev.proffer.agent.edge.cgroups;

import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.agent.edge.problems.ProblemException;
import dev.proffer.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The pod that holds a share of a Kubernetes node for the agent: its limits are the node's, and tasks run in its cgroup.
 *
 * @param cpuMillis the most that tasks together get, in thousandths of a CPU; empty if there is no limit
 * @param memoryBytes the same; empty if there is no limit
 */
public record HolderPod(String uid, CgroupPath cgroup, OptionalLong cpuMillis, OptionalLong memoryBytes) {
    private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String OWN_CGROUPS = "/proc/self/cgroup";
    private static final String PODS = "/kubepods";
    private static final long KIBIBYTE = 1_024;
    private static final long PAGE = 4 * KIBIBYTE;
    private static final long MILLIS = 1_000;

    /**
     * Finds the pod. The kubelet has made a folder for each that ever was, named after its UID; one of them has a cgroup.
     *
     * @param holders where those folders are
     * @throws ProblemException if there is none
     */
    public static HolderPod find(Path holders, KernelFiles kernel, Cgroups cgroups) throws IOException {
        var top = topOfPods(kernel);
        for (var uid : newestFirst(holders)) {
            var slice = systemdSlices(top, uid).filter(cgroups::exists).findFirst();
            if (slice.isPresent()) {
                throw new ProblemException(
                        new Problem.CgroupsOfSystemd(slice.get().value()));
            }
            var cgroup = podCgroups(top, uid).filter(cgroups::exists).findFirst();
            var pod = cgroup.isPresent() ? read(uid, cgroup.get(), cgroups) : Optional.<HolderPod>empty();
            if (pod.isPresent()) {
                return pod.get();
            }
        }
        throw new ProblemException(
                new Problem.NoHolder(holders, top.child("kubepods").value()));
    }

    /** Empty if it goes at this moment. */
    private static Optional<HolderPod> read(String uid, CgroupPath cgroup, Cgroups cgroups) throws IOException {
        try {
            var limits = cgroups.limits(cgroup);
            return Optional.of(new HolderPod(uid, cgroup, limits.cpuQuotaMillis(), limits.memoryBytes()));
        } catch (NoSuchFileException going) {
            return Optional.empty();
        }
    }

    /** If that is more than the pod holds. */
    public Optional<Problem> problemWith(Resources offered) {
        long cpus = offered.scalar("cpus").thousandths();
        var tooFewCpus = cpuMillis.isPresent() && cpus > cpuMillis.getAsLong() ? cpuMillis : OptionalLong.empty();
        // Thousandths of a mebibyte. The kernel counts whole pages.
        long memory = offered.scalar("mem").thousandths() * KIBIBYTE / MILLIS * KIBIBYTE / PAGE * PAGE;
        var tooLittleMemory =
                memoryBytes.isPresent() && memory > memoryBytes.getAsLong() ? memoryBytes : OptionalLong.empty();
        return tooFewCpus.isPresent() || tooLittleMemory.isPresent()
                ? Optional.of(new Problem.HolderTooSmall(tooFewCpus, tooLittleMemory))
                : Optional.empty();
    }

    /** Pods are not always at the top: the agent's own pod shows where they are. */
    private static CgroupPath topOfPods(KernelFiles kernel) throws IOException {
        return kernel.read(OWN_CGROUPS)
                .lines()
                .map(line -> line.substring(line.lastIndexOf(':') + 1))
                .filter(path -> path.contains(PODS))
                .map(path -> path.substring(0, path.indexOf(PODS)))
                .filter(path -> path.startsWith("/"))
                .map(CgroupPath::new)
                .findFirst()
                .orElse(CgroupPath.ROOT);
    }

    private static Stream<CgroupPath> podCgroups(CgroupPath top, String uid) {
        var pods = top.child("kubepods");
        return Stream.of(pods, pods.child("burstable"), pods.child("besteffort"))
                .map(parent -> parent.child("pod" + uid));
    }

    private static Stream<CgroupPath> systemdSlices(CgroupPath top, String uid) {
        var pods = top.child("kubepods.slice");
        var name = "-pod" + uid.replace('-', '_') + ".slice";
        return Stream.of(
                pods.child("kubepods" + name),
                pods.child("kubepods-burstable.slice").child("kubepods-burstable" + name),
                pods.child("kubepods-besteffort.slice").child("kubepods-besteffort" + name));
    }

    private static List<String> newestFirst(Path holders) throws IOException {
        if (!Files.isDirectory(holders)) {
            return List.of(); // The kubelet makes it for the first such pod.
        }
        try (var folders = Files.list(holders)) {
            return folders.filter(folder ->
                            UID.matcher(folder.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(HolderPod::modified)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    private static FileTime modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException gone) {
            return FileTime.fromMillis(0);
        }
    }
}
