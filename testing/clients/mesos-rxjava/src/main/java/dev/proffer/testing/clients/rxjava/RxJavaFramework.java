package dev.proffer.testing.clients.rxjava;

import com.mesosphere.mesos.rx.java.AwaitableSubscription;
import com.mesosphere.mesos.rx.java.SinkOperation;
import com.mesosphere.mesos.rx.java.SinkOperations;
import com.mesosphere.mesos.rx.java.protobuf.ProtobufMesosClientBuilder;
import com.mesosphere.mesos.rx.java.protobuf.SchedulerCalls;
import com.mesosphere.mesos.rx.java.util.UserAgentEntries;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.mesos.v1.Protos.CommandInfo;
import org.apache.mesos.v1.Protos.FrameworkID;
import org.apache.mesos.v1.Protos.FrameworkInfo;
import org.apache.mesos.v1.Protos.Offer;
import org.apache.mesos.v1.Protos.OfferID;
import org.apache.mesos.v1.Protos.Resource;
import org.apache.mesos.v1.Protos.TaskID;
import org.apache.mesos.v1.Protos.TaskInfo;
import org.apache.mesos.v1.Protos.TaskState;
import org.apache.mesos.v1.Protos.TaskStatus;
import org.apache.mesos.v1.Protos.Value;
import org.apache.mesos.v1.scheduler.Protos.Call;
import org.apache.mesos.v1.scheduler.Protos.Event;
import org.jspecify.annotations.Nullable;
import rx.Observable;

/**
 * Subscribes, launches one task on the first offer, acknowledges its updates, and tears itself down when the task has ended.
 * Prints a line for each event. Exits 0 if the task finished.
 */
public final class RxJavaFramework {
    private static final String TASK = "hello-from-rxjava";

    private final PrintStream out;
    private @Nullable FrameworkID frameworkId;
    private boolean launched;

    private RxJavaFramework(PrintStream out) {
        this.out = out;
    }

    /** @param args the address of the scheduler API, for example {@code http://127.0.0.1:5050/api/v1/scheduler} */
    public static void main(String[] args) throws Throwable {
        var framework = new RxJavaFramework(System.out);
        framework.subscribe(URI.create(args[0])).await();
    }

    private AwaitableSubscription subscribe(URI master) {
        var info = FrameworkInfo.newBuilder()
                .setUser("nobody")
                .setName("mesos-rxjava")
                .build();
        var subscribe = Call.newBuilder()
                .setType(Call.Type.SUBSCRIBE)
                .setSubscribe(Call.Subscribe.newBuilder().setFrameworkInfo(info))
                .build();
        return ProtobufMesosClientBuilder.schedulerUsingProtos()
                .mesosUri(master)
                .applicationUserAgentEntry(UserAgentEntries.literal("rxjava-framework", "1"))
                .subscribe(subscribe)
                .processStream(events -> events.concatMap(event -> Observable.from(answer(event))))
                .build()
                .openStream();
    }

    private List<Optional<SinkOperation<Call>>> answer(Event event) {
        return switch (event.getType()) {
            case SUBSCRIBED -> {
                frameworkId = event.getSubscribed().getFrameworkId();
                out.println("SUBSCRIBED " + frameworkId.getValue());
                yield List.of();
            }
            case OFFERS ->
                event.getOffers().getOffersList().stream().map(this::answer).toList();
            case UPDATE -> answer(event.getUpdate().getStatus());
            default -> {
                out.println(event.getType());
                yield List.of();
            }
        };
    }

    private Optional<SinkOperation<Call>> answer(Offer offer) {
        out.println("OFFER " + offer.getHostname());
        if (launched) {
            return call(SchedulerCalls.decline(subscribedId(), List.<OfferID>of(offer.getId())));
        }
        launched = true;
        var launch = Offer.Operation.newBuilder()
                .setType(Offer.Operation.Type.LAUNCH)
                .setLaunch(Offer.Operation.Launch.newBuilder().addTaskInfos(task(offer)));
        return call(Call.newBuilder()
                .setFrameworkId(subscribedId())
                .setType(Call.Type.ACCEPT)
                .setAccept(Call.Accept.newBuilder().addOfferIds(offer.getId()).addOperations(launch))
                .build());
    }

    private static TaskInfo task(Offer offer) {
        return TaskInfo.newBuilder()
                .setName(TASK)
                .setTaskId(TaskID.newBuilder().setValue(TASK))
                .setAgentId(offer.getAgentId())
                .addResources(scalar("cpus", 0.1))
                .addResources(scalar("mem", 32))
                .setCommand(CommandInfo.newBuilder().setValue("echo hello"))
                .build();
    }

    private static Resource scalar(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setRole("*")
                .setScalar(Value.Scalar.newBuilder().setValue(amount))
                .build();
    }

    private List<Optional<SinkOperation<Call>>> answer(TaskStatus status) {
        out.println("UPDATE " + status.getState());
        var calls = new ArrayList<Optional<SinkOperation<Call>>>();
        if (status.hasUuid()) {
            calls.add(call(SchedulerCalls.ackUpdate(
                    subscribedId(), status.getUuid(), status.getAgentId(), status.getTaskId())));
        }
        if (hasEnded(status.getState())) {
            var tearDown = Call.newBuilder()
                    .setFrameworkId(subscribedId())
                    .setType(Call.Type.TEARDOWN)
                    .build();
            var exitCode = status.getState() == TaskState.TASK_FINISHED ? 0 : 1;
            calls.add(Optional.of(SinkOperations.create(tearDown, () -> exit(exitCode), error -> {
                out.println("TEARDOWN failed: " + error);
                exit(2);
            })));
        }
        return calls;
    }

    private static boolean hasEnded(TaskState state) {
        return switch (state) {
            case TASK_STAGING, TASK_STARTING, TASK_RUNNING, TASK_KILLING -> false;
            default -> true;
        };
    }

    /** The library offers no way to end its stream from inside. */
    private void exit(int code) {
        out.flush();
        System.exit(code);
    }

    private FrameworkID subscribedId() {
        if (frameworkId == null) {
            throw new IllegalStateException("an event came before SUBSCRIBED");
        }
        return frameworkId;
    }

    private static Optional<SinkOperation<Call>> call(Call call) {
        return Optional.of(SinkOperations.create(call));
    }
}
