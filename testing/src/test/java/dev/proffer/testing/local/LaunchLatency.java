package dev.proffer.testing.local;

import dev.proffer.protocol.media.MediaType;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How long it takes from answering an offer to TASK_RUNNING: one task at a time, over HTTP, on a cluster that has nothing
 * else to do. Both times are the framework's own. {@code make bench ONLY=launch} runs it.
 */
final class LaunchLatency {
    private static final int WARM_UP = 300;
    private static final int LAUNCHES = 200;

    private final WireFramework framework;

    private LaunchLatency(WireFramework framework) {
        this.framework = framework;
    }

    /** One launch; milliseconds since the ACCEPT was sent. */
    private record Sample(double accepted, double starting, double running) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var info = FrameworkInfo.newBuilder()
                .setUser("nobody")
                .setName("launch-latency")
                .build();
        try (var framework = new WireFramework(URI.create(args[0]), MediaType.PROTOBUF, info)) {
            var latency = new LaunchLatency(framework);
            var samples = new ArrayList<Sample>();
            while (samples.size() < WARM_UP + LAUNCHES) {
                for (var offer : framework.await(Event.Type.OFFERS).getOffers().getOffersList()) {
                    samples.add(latency.launch(offer, samples.size()));
                }
            }
            framework.send(Call.newBuilder().setType(Call.Type.TEARDOWN));
            print(System.out, samples.subList(WARM_UP, samples.size()));
        }
    }

    private Sample launch(Offer offer, int number) throws IOException, InterruptedException {
        long start = System.nanoTime();
        framework.send(accept(offer, number));
        double accepted = millisSince(start);
        awaitState(TaskState.TASK_STARTING);
        double starting = millisSince(start);
        awaitState(TaskState.TASK_RUNNING);
        double running = millisSince(start);
        awaitState(TaskState.TASK_FINISHED);
        return new Sample(accepted, starting, running);
    }

    private static Call.Builder accept(Offer offer, int number) {
        var task = TaskInfo.newBuilder()
                .setName("latency")
                .setTaskId(TaskID.newBuilder().setValue("latency-" + number))
                .setAgentId(offer.getAgentId())
                .setCommand(CommandInfo.newBuilder().setShell(false).setValue("/bin/true"))
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 32));
        var launch = Offer.Operation.newBuilder()
                .setType(Offer.Operation.Type.LAUNCH)
                .setLaunch(Offer.Operation.Launch.newBuilder().addTaskInfos(task));
        return Call.newBuilder()
                .setType(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder()
                        .addOfferIds(offer.getId())
                        .addOperations(launch)
                        .setFilters(Filters.newBuilder().setRefuseSeconds(0)));
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private void awaitState(TaskState wanted) throws IOException, InterruptedException {
        TaskStatus status;
        do {
            status = framework.await(Event.Type.UPDATE).getUpdate().getStatus();
            framework.send(Call.newBuilder()
                    .setType(Call.Type.ACKNOWLEDGE)
                    .setAcknowledge(Call.Acknowledge.newBuilder()
                            .setAgentId(status.getAgentId())
                            .setTaskId(status.getTaskId())
                            .setUuid(status.getUuid())));
        } while (status.getState() != wanted);
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static void print(PrintStream out, List<Sample> samples) {
        out.printf("%d launches, milliseconds since the ACCEPT was sent%n", samples.size());
        out.printf("%-16s %8s %8s %8s%n", "", "p50", "p99", "max");
        print(out, "202 Accepted", samples, Sample::accepted);
        print(out, "TASK_STARTING", samples, Sample::starting);
        print(out, "TASK_RUNNING", samples, Sample::running);
    }

    private static void print(PrintStream out, String name, List<Sample> samples, ToDoubleFunction<Sample> figure) {
        var sorted = samples.stream().mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        out.printf(
                "%-16s %8.2f %8.2f %8.2f%n",
                name, percentile(sorted, 50), percentile(sorted, 99), sorted[sorted.length - 1]);
    }

    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
