package dev.proffer.master.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.proffer.master.core.registry.AgentPolicy;
import dev.proffer.master.core.registry.Drain;
import dev.proffer.master.core.registry.Draining;
import dev.proffer.master.core.snapshot.AgentSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MaintenanceSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.snapshot.PolicySnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.master.edge.http.operator.MasterFacts;
import dev.proffer.master.edge.http.operator.StateDocument;
import dev.proffer.master.edge.http.operator.StateEndpoint;
import dev.proffer.master.edge.http.operator.SummaryDocument;
import dev.proffer.model.AgentId;
import dev.proffer.model.Attribute;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.OfferId;
import dev.proffer.model.Reservation;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerStatus;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.NetworkInfo;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The names and values that Mesos' tools look for in the state documents. */
class StateDocumentTest {
    private static final MasterFacts FACTS = new MasterFacts("0.1.0", Instant.EPOCH, Optional.of("blue"));

    @Test
    void stateShowsAgentsFrameworksTasksAndOffersUnderMesosNames() throws IOException {
        var state = render(new StateDocument(FACTS), snapshot());
        assertThat(state)
                .contains("\"version\":\"0.1.0\"")
                .contains("\"cluster\":\"blue\"")
                .contains("\"id\":\"master-1\"")
                .contains("\"leader\":\"master@127.0.0.1:5050\"")
                .contains("\"leader_info\":{\"id\":\"master-1\"")
                .contains("\"activated_slaves\":1,\"deactivated_slaves\":0,\"unreachable_slaves\":0")
                .contains("\"attributes\":{\"rack\":\"r1\",\"level\":2.5}")
                .contains("\"resources\":{\"cpus\":8,\"disk\":0,\"gpus\":0,\"mem\":1024,\"ports\":\"[1-2, 5-9]\"}")
                .contains("\"used_resources\":{\"cpus\":1.5,\"disk\":0,\"gpus\":0,\"mem\":0}")
                .contains("\"offered_resources\":{\"cpus\":2,")
                .contains("\"reserved_resources\":{\"eng\":{\"cpus\":4,")
                .contains("\"unreserved_resources\":{\"cpus\":4,")
                .contains("\"slave_id\":\"agent-1\",\"state\":\"TASK_RUNNING\"")
                .contains(
                        "\"statuses\":[{\"state\":\"TASK_RUNNING\",\"timestamp\":1795253281.5,\"container_status\":"
                                + "{\"network_infos\":[{\"ip_addresses\":[{\"protocol\":\"IPv4\",\"ip_address\":\"10.0.0.7\"}]}]}}]")
                .contains("\"registered_time\":1795253281.250000")
                .contains("\"allocation_info\":{\"role\":\"eng\"}")
                .contains("\"orphan_tasks\":[],\"unregistered_frameworks\":[]");
    }

    @Test
    void aDrainIsShownAsMesosShowsIt() throws IOException {
        var drain = new Drain(Duration.ofMinutes(5), Optional.of(Duration.ofSeconds(30)), true);
        var maintenance = new MaintenanceSnapshot(
                false,
                new AgentPolicy(false, Optional.of(drain), Optional.empty()),
                Optional.of(new Draining(Instant.ofEpochSecond(1_000), false)),
                Optional.empty(),
                List.of(),
                List.of());

        assertThat(render(new StateDocument(FACTS), snapshot(maintenance)))
                .contains("\"activated_slaves\":0,\"deactivated_slaves\":1")
                .contains("\"active\":false,\"deactivated\":true")
                .contains("\"problems\":[{\"name\":\"HolderTooSmall\",\"message\":\"make it larger\"}]")
                .contains(
                        "\"drain_info\":{\"state\":\"DRAINING\",\"config\":{\"max_grace_period\":{\"nanoseconds\":30000000000},"
                                + "\"mark_gone\":true}},\"estimated_drain_start_time_seconds\":1300");
    }

    @Test
    void noEnvironmentIsShown() throws IOException {
        assertThat(render(new StateDocument(FACTS), snapshot())).doesNotContain("PASSWORD", "hunter2", "echo");
    }

    @Test
    void theSummaryCountsTasks() throws IOException {
        assertThat(render(new SummaryDocument(FACTS), snapshot()))
                .contains("\"TASK_RUNNING\":1,\"TASK_KILLING\":0,\"TASK_FINISHED\":1")
                .contains("\"framework_ids\":[\"framework-1\"]")
                .contains("\"slave_ids\":[\"agent-1\"]")
                .doesNotContain("\"tasks\"");
    }

    private static String render(StateEndpoint.Document document, MasterSnapshot snapshot) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            document.write(snapshot, json);
        }
        return text.toString();
    }

    private static MasterSnapshot snapshot() {
        return snapshot(MaintenanceSnapshot.NONE);
    }

    private static MasterSnapshot snapshot(MaintenanceSnapshot maintenance) {
        var agentId = new AgentId("agent-1");
        var frameworkId = new FrameworkId("framework-1");
        var total = Resources.parse("cpus:4;mem:1024;ports:[1-2,5-9]")
                .plus(Resource.scalar("cpus", 4).reserved(Reservation.fixed(new RolePath("eng"))));
        var agent = new AgentSnapshot(
                agentId,
                AgentInfo.newBuilder()
                        .setHostname("agent.example")
                        .addAllAttributes(AttributeConversion.write(Attribute.parse("rack:r1;level:2.5")))
                        .build(),
                List.of(),
                "0.1.0",
                "127.0.0.1:1234",
                true,
                Instant.ofEpochMilli(1_795_253_281_250L),
                Optional.empty(),
                total,
                List.of(Problem.newBuilder()
                        .setName("HolderTooSmall")
                        .setMessage("make it larger")
                        .build()),
                List.of(task("task-1", TaskState.TASK_RUNNING)),
                List.of(new OfferSnapshot(
                        new OfferId("offer-1"),
                        frameworkId,
                        new RolePath("eng"),
                        agentId,
                        Resources.parse("cpus:2"),
                        new Moment(0, Instant.EPOCH))),
                maintenance);
        var framework = new FrameworkSnapshot(
                frameworkId,
                FrameworkInfo.newBuilder().setUser("u").setName("n").build(),
                Optional.empty(),
                FrameworkSnapshot.State.CONNECTED,
                List.of(new RolePath("eng")),
                List.of(),
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(task("task-0", TaskState.TASK_FINISHED)));
        var empty = Snapshots.empty();
        return new MasterSnapshot(
                empty.leadership(),
                empty.startedAt(),
                empty.takenAt(),
                List.of(agent),
                List.of(),
                List.of(),
                List.of(),
                List.of(framework),
                List.of(),
                PolicySnapshot.NONE,
                empty.counters());
    }

    private static TaskSnapshot task(String id, TaskState state) {
        var info = TaskInfo.newBuilder()
                .setName(id)
                .setTaskId(TaskID.newBuilder().setValue(id))
                .setAgentId(AgentID.newBuilder().setValue("agent-1"))
                .setCommand(CommandInfo.newBuilder()
                        .setValue("echo $PASSWORD")
                        .setEnvironment(Environment.newBuilder()
                                .addVariables(Environment.Variable.newBuilder()
                                        .setName("PASSWORD")
                                        .setValue("hunter2"))))
                .build();
        return new TaskSnapshot(
                new FrameworkId("framework-1"),
                new TaskId(id),
                new AgentId("agent-1"),
                new RolePath("eng"),
                info.toByteString(),
                Resources.parse("cpus:1.5"),
                state,
                Optional.of(state),
                List.of(TaskStatus.newBuilder()
                        .setTaskId(TaskID.newBuilder().setValue(id))
                        .setState(state)
                        .setTimestamp(1_795_253_281.5)
                        .setContainerStatus(ContainerStatus.newBuilder()
                                .addNetworkInfos(NetworkInfo.newBuilder()
                                        .addIpAddresses(NetworkInfo.IPAddress.newBuilder()
                                                .setIpAddress("10.0.0.7"))))
                        .build()));
    }
}
