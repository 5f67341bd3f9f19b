package dev.proffer.master.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.master.core.scenario.Tasks;
import dev.proffer.master.core.validation.TaskValidation.Place;
import dev.proffer.master.core.validation.TaskValidation.Verdict;
import dev.proffer.model.AgentId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import dev.proffer.protocol.resources.InvalidResourceException;
import dev.proffer.protocol.resources.ResourceReader;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.CheckInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Environment.Variable;
import dev.proffer.protocol.v1.HealthCheck;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Secret;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.Volume;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule of a task, as a task that breaks it alone. */
class TaskValidationTest {
    record Case(String name, Consumer<TaskInfo.Builder> changes, String part) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static TaskInfo.Builder task() {
        var task = TaskInfo.newBuilder().setName("t");
        task.getTaskIdBuilder().setValue("t1");
        task.getAgentIdBuilder().setValue("a1");
        task.addAllResources(Tasks.resources("cpus:1;mem:64"));
        task.getCommandBuilder().setValue("true");
        return task;
    }

    private static Place place(String offered) {
        return new Place(
                new AgentId("a1"),
                new RolePath("eng"),
                Resources.parse(offered),
                id -> id.equals("live"),
                id -> id.equals("unreachable"),
                type -> type == AgentInfo.Capability.Type.TASK_RESOURCE_LIMITS);
    }

    private static Verdict judge(Consumer<TaskInfo.Builder> changes) {
        var task = task();
        changes.accept(task);
        return TaskValidation.judge(task.buildPartial(), place("cpus:4;mem:512;gpus:2"));
    }

    @Test
    void aTaskThatFitsMayRun() {
        assertThat(judge(_ -> {})).isEqualTo(new Verdict.Valid(Resources.parse("cpus:1;mem:64")));
    }

    @Test
    void aTaskMayUseAllThatIsThere() {
        assertThat(TaskValidation.judge(task().build(), place("cpus:1;mem:64"))).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void resourcesOfTheOffersRoleAreFine() {
        assertThat(judge(task ->
                        task.getResourcesBuilder(0).getAllocationInfoBuilder().setRole("eng")))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void limitsMayBeInfinite() {
        assertThat(judge(task -> task.putLimits("cpus", scalar(Double.POSITIVE_INFINITY))))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void checksThatAreCompletePass() {
        assertThat(judge(task -> {
                    health(task, HealthCheck.Type.HTTP)
                            .getHttpBuilder()
                            .setPort(80)
                            .setPath("/ok")
                            .setScheme("https");
                    task.getCheckBuilder()
                            .setType(CheckInfo.Type.TCP)
                            .getTcpBuilder()
                            .setPort(80);
                }))
                .isInstanceOf(Verdict.Valid.class);
    }

    static Stream<Case> identity() {
        return Stream.of(
                new Case("empty id", task -> task.getTaskIdBuilder().setValue(""), "empty"),
                new Case("long id", task -> task.getTaskIdBuilder().setValue("x".repeat(256)), "255"),
                new Case("dot as id", task -> task.getTaskIdBuilder().setValue("."), "'.'"),
                new Case("slash in id", task -> task.getTaskIdBuilder().setValue("a/b"), "slashes"),
                new Case("backslash in id", task -> task.getTaskIdBuilder().setValue("a\\b"), "slashes"),
                new Case("id of a live task", task -> task.getTaskIdBuilder().setValue("live"), "already"),
                new Case(
                        "id of an unreachable task",
                        task -> task.getTaskIdBuilder().setValue("unreachable"),
                        "unreachable agent"),
                new Case("another agent", task -> task.getAgentIdBuilder().setValue("a2"), "'agent_id'"),
                new Case(
                        "negative grace",
                        task -> task.getKillPolicyBuilder()
                                .getGracePeriodBuilder()
                                .setNanoseconds(-1),
                        "grace_period"),
                new Case(
                        "negative time",
                        task -> task.getMaxCompletionTimeBuilder().setNanoseconds(-1),
                        "max_completion_time"),
                new Case("no command", TaskInfo.Builder::clearCommand, "'command' or 'executor'"),
                new Case(
                        "command and executor",
                        task -> task.getExecutorBuilder().getExecutorIdBuilder().setValue("e"),
                        "'command' or 'executor'"),
                new Case(
                        "own cgroups",
                        task -> task.getContainerBuilder()
                                .setType(ContainerInfo.Type.MESOS)
                                .getLinuxInfoBuilder()
                                .setShareCgroups(false),
                        "share_cgroups"));
    }

    static Stream<Case> resources() {
        return Stream.of(
                new Case("no resources", TaskInfo.Builder::clearResources, "no resources"),
                new Case(
                        "nothing but zeros",
                        task -> task.clearResources()
                                .addAllResources(Tasks.resources("cpus:1"))
                                .getResourcesBuilder(0)
                                .setScalar(scalar(0)),
                        "no resources"),
                new Case("negative", task -> task.getResourcesBuilder(0).setScalar(scalar(-1)), "cpus"),
                new Case("half a gpu", task -> task.addResources(resource("gpus", 0.5)), "gpus"),
                new Case(
                        "another role",
                        task -> task.getResourcesBuilder(0)
                                .getAllocationInfoBuilder()
                                .setRole("ops"),
                        "'ops'"),
                new Case(
                        "revocable and not",
                        task -> task.addResources(resource("cpus", 1).toBuilder()
                                .setRevocable(Resource.RevocableInfo.getDefaultInstance())),
                        "revocable"),
                new Case("one volume twice", task -> task.addResources(volume()).addResources(volume()), "'v1'"),
                new Case(
                        "more than there is",
                        task -> task.getResourcesBuilder(0).setScalar(scalar(5)),
                        "cpus:5"),
                new Case("what is not offered", task -> task.addResources(resource("disk", 1)), "disk:1"),
                new Case("limit of disk", task -> task.putLimits("disk", scalar(1)), "'disk'"),
                new Case("limit below request", task -> task.putLimits("cpus", scalar(0.5)), "at least"),
                new Case("limit no number", task -> task.putLimits("cpus", scalar(Double.NaN)), "at least"),
                new Case(
                        "limit without request",
                        task -> task.removeResources(1).putLimits("mem", scalar(64)),
                        "'mem'"));
    }

    static Stream<Case> commands() {
        return Stream.of(
                new Case("VALUE without value", task -> variable(task, Variable.Type.VALUE), "'value'"),
                new Case(
                        "VALUE with secret",
                        task -> variable(task, Variable.Type.VALUE)
                                .setValue("v")
                                .getSecretBuilder(),
                        "'secret'"),
                new Case("SECRET without secret", task -> variable(task, Variable.Type.SECRET), "'secret'"),
                new Case(
                        "SECRET with value",
                        task -> variable(task, Variable.Type.SECRET)
                                .setValue("v")
                                .getSecretBuilder(),
                        "'value'"),
                new Case("UNKNOWN variable", task -> variable(task, Variable.Type.UNKNOWN), "VALUE or SECRET"),
                new Case("UNKNOWN secret", task -> secret(task), "REFERENCE or VALUE"),
                new Case(
                        "REFERENCE without reference",
                        task -> secret(task).setType(Secret.Type.REFERENCE),
                        "'reference'"),
                new Case("VALUE secret without value", task -> secret(task).setType(Secret.Type.VALUE), "'value'"),
                new Case(
                        "NUL in a secret",
                        task -> secret(task)
                                .setType(Secret.Type.VALUE)
                                .getValueBuilder()
                                .setData(ByteString.copyFrom(new byte[] {'a', 0})),
                        "NUL"),
                new Case(
                        "two origins of a volume",
                        task -> containerVolume(task).setHostPath("/h").getSourceBuilder(),
                        "only one"),
                new Case(
                        "volume source without type",
                        task -> containerVolume(task).getSourceBuilder(),
                        "'source.type'"),
                new Case(
                        "volume source without its part",
                        task -> containerVolume(task).getSourceBuilder().setType(Volume.Source.Type.SANDBOX_PATH),
                        "sandbox_path"),
                new Case(
                        "csi volume without provisioning",
                        task -> containerVolume(task)
                                .getSourceBuilder()
                                .setType(Volume.Source.Type.CSI_VOLUME)
                                .getCsiVolumeBuilder()
                                .setPluginName("p"),
                        "static_provisioning"),
                new Case(
                        "docker without docker",
                        task -> task.getContainerBuilder().setType(ContainerInfo.Type.DOCKER),
                        "'docker'"),
                new Case(
                        "docker name",
                        task -> task.getContainerBuilder()
                                .setType(ContainerInfo.Type.DOCKER)
                                .getDockerBuilder()
                                .setImage("i")
                                .addParametersBuilder()
                                .setKey("name")
                                .setValue("n"),
                        "'name'"));
    }

    static Stream<Case> checks() {
        return Stream.of(
                new Case("check without type", TaskInfo.Builder::getCheckBuilder, "'check'"),
                new Case(
                        "check without command",
                        task -> task.getCheckBuilder().setType(CheckInfo.Type.COMMAND),
                        "'command'"),
                new Case("check without http", task -> task.getCheckBuilder().setType(CheckInfo.Type.HTTP), "'http'"),
                new Case("check without tcp", task -> task.getCheckBuilder().setType(CheckInfo.Type.TCP), "'tcp'"),
                new Case(
                        "negative delay of a check",
                        task -> task.getCheckBuilder()
                                .setType(CheckInfo.Type.TCP)
                                .setDelaySeconds(-1)
                                .getTcpBuilder()
                                .setPort(1),
                        "delay_seconds"),
                new Case(
                        "relative path of a check",
                        task -> task.getCheckBuilder()
                                .setType(CheckInfo.Type.HTTP)
                                .getHttpBuilder()
                                .setPort(1)
                                .setPath("ok"),
                        "'ok'"),
                new Case("health check without type", TaskInfo.Builder::getHealthCheckBuilder, "'health_check'"),
                new Case("health check without command", task -> health(task, HealthCheck.Type.COMMAND), "'command'"),
                new Case(
                        "health check with an empty command",
                        task -> health(task, HealthCheck.Type.COMMAND).getCommandBuilder(),
                        "'value'"),
                new Case("health check without http", task -> health(task, HealthCheck.Type.HTTP), "'http'"),
                new Case("health check without tcp", task -> health(task, HealthCheck.Type.TCP), "'tcp'"),
                new Case(
                        "unknown scheme",
                        task -> health(task, HealthCheck.Type.HTTP)
                                .getHttpBuilder()
                                .setPort(1)
                                .setScheme("ftp"),
                        "'ftp'"),
                new Case(
                        "relative path",
                        task -> health(task, HealthCheck.Type.HTTP)
                                .getHttpBuilder()
                                .setPort(1)
                                .setPath("ok"),
                        "'ok'"),
                new Case(
                        "negative grace of a health check",
                        task -> health(task, HealthCheck.Type.TCP)
                                .setGracePeriodSeconds(-1)
                                .getTcpBuilder()
                                .setPort(1),
                        "grace_period_seconds"),
                new Case(
                        "timeout is no number",
                        task -> health(task, HealthCheck.Type.TCP)
                                .setTimeoutSeconds(Double.NaN)
                                .getTcpBuilder()
                                .setPort(1),
                        "timeout_seconds"));
    }

    @ParameterizedTest
    @MethodSource({"identity", "resources", "commands", "checks"})
    void aBrokenRuleIsNamed(Case broken) {
        assertThat(judge(broken.changes))
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.problem()).contains(broken.part));
    }

    @Test
    void limitsNeedAnAgentThatKnowsThem() {
        var old = new Place(
                new AgentId("a1"),
                new RolePath("eng"),
                Resources.parse("cpus:4;mem:512"),
                _ -> false,
                _ -> false,
                _ -> false);

        var verdict = TaskValidation.judge(task().putLimits("cpus", scalar(2)).build(), old);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Invalid.class,
                        invalid -> assertThat(invalid.problem()).contains("'limits'"));
    }

    @Test
    void aSharedVolumeCanBeUsedMoreOftenThanItWasOffered() {
        var shared = volume().toBuilder()
                .setShared(Resource.SharedInfo.getDefaultInstance())
                .build();
        var needed = read(shared).plus(read(shared));

        assertThat(TaskResources.isContained(needed, read(shared))).isTrue();
        assertThat(TaskResources.isContained(needed, Resources.EMPTY)).isFalse();
        assertThat(TaskResources.problemWith(needed)).isEmpty();
    }

    private static Resources read(Resource wire) {
        try {
            return ResourceReader.read(List.of(wire));
        } catch (InvalidResourceException e) {
            throw new AssertionError(e);
        }
    }

    private static Value.Scalar scalar(double value) {
        return Value.Scalar.newBuilder().setValue(value).build();
    }

    private static Resource resource(String name, double amount) {
        return Resource.newBuilder()
                .setName(name)
                .setType(Value.Type.SCALAR)
                .setScalar(scalar(amount))
                .build();
    }

    private static Resource volume() {
        var volume = resource("disk", 10).toBuilder();
        volume.addReservationsBuilder().setRole("eng").setType(Resource.ReservationInfo.Type.DYNAMIC);
        volume.getDiskBuilder().getPersistenceBuilder().setId("v1");
        volume.getDiskBuilder().getVolumeBuilder().setContainerPath("data").setMode(Volume.Mode.RW);
        return volume.build();
    }

    private static Variable.Builder variable(TaskInfo.Builder task, Variable.Type type) {
        return task.getCommandBuilder()
                .getEnvironmentBuilder()
                .addVariablesBuilder()
                .setName("X")
                .setType(type);
    }

    private static Secret.Builder secret(TaskInfo.Builder task) {
        return variable(task, Variable.Type.SECRET).getSecretBuilder();
    }

    private static Volume.Builder containerVolume(TaskInfo.Builder task) {
        return task.getContainerBuilder()
                .setType(ContainerInfo.Type.MESOS)
                .addVolumesBuilder()
                .setContainerPath("c")
                .setMode(Volume.Mode.RW);
    }

    private static HealthCheck.Builder health(TaskInfo.Builder task, HealthCheck.Type type) {
        return task.getHealthCheckBuilder().setType(type);
    }
}
