package dev.proffer.master.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.proffer.model.Principal;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallValidationTest {
    private static final ByteString UUID = ByteString.copyFrom(new byte[16]);

    record Case(String name, Call.Type type, Consumer<Call.Builder> payload, String named) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Call.Builder call(Call.Type type) {
        var call = Call.newBuilder().setType(type);
        call.getFrameworkIdBuilder().setValue("f");
        return call;
    }

    private static Optional<CallValidation.Refusal> check(Call.Builder call) {
        return CallValidation.check(call.buildPartial(), Optional.empty());
    }

    @Test
    void typeMustBeSet() {
        assertThat(check(Call.newBuilder()).orElseThrow().text()).contains("'type'");
        assertThat(check(Call.newBuilder()).orElseThrow().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(Call.Type.class)
    void payloadMustBeSetWhereThereIsOne(Call.Type type) {
        switch (type) {
            case TEARDOWN, REVIVE, SUPPRESS, UNKNOWN ->
                assertThat(check(call(type))).isEmpty();
            default ->
                assertThat(check(call(type)).orElseThrow().text())
                        .contains("'" + type.name().toLowerCase(java.util.Locale.ROOT) + "' must be set");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Call.Type.class, mode = EnumSource.Mode.EXCLUDE, names = "SUBSCRIBE")
    void frameworkIdMustBeSet(Call.Type type) {
        assertThat(check(Call.newBuilder().setType(type)).orElseThrow().text()).contains("'framework_id'");
    }

    @Test
    void subscribeNeedsTheSameIdTwice() {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        info(call).getIdBuilder().setValue("f");

        assertThat(check(call).orElseThrow().text()).contains("'framework_id'");
        call.getFrameworkIdBuilder().setValue("f");
        assertThat(check(call)).isEmpty();
    }

    @Test
    void subscribeWithoutIdsOrWithEmptyOnesIsFine() {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        info(call);
        assertThat(check(call)).isEmpty();
        info(call).getIdBuilder().setValue("");
        assertThat(check(call)).isEmpty();
    }

    @Test
    void principalMustBeTheAuthenticatedOneIfSet() {
        var call = Call.newBuilder().setType(Call.Type.SUBSCRIBE);
        info(call).setPrincipal("alice");

        assertThat(CallValidation.check(call.build(), Optional.of(Principal.named("alice"))))
                .isEmpty();
        assertThat(CallValidation.check(call.build(), Optional.empty())).isEmpty();
        assertThat(CallValidation.check(call.build(), Optional.of(Principal.named("bob")))
                        .orElseThrow()
                        .text())
                .contains("principal")
                .contains("bob");
        info(call).clearPrincipal();
        assertThat(CallValidation.check(call.build(), Optional.of(Principal.named("bob"))))
                .isEmpty();
    }

    private static FrameworkInfo.Builder info(Call.Builder call) {
        return call.getSubscribeBuilder().getFrameworkInfoBuilder().setUser("u").setName("n");
    }

    static Stream<Case> malformed() {
        return Stream.of(
                new Case(
                        "short uuid",
                        Call.Type.ACKNOWLEDGE,
                        call -> call.getAcknowledgeBuilder().setUuid(ByteString.copyFromUtf8("x")),
                        "acknowledge.uuid"),
                new Case(
                        "acknowledgement without task",
                        Call.Type.ACKNOWLEDGE,
                        call -> call.getAcknowledgeBuilder().setUuid(UUID),
                        "acknowledge.task_id"),
                new Case(
                        "short uuid of an operation",
                        Call.Type.ACKNOWLEDGE_OPERATION_STATUS,
                        call -> call.getAcknowledgeOperationStatusBuilder().setUuid(ByteString.EMPTY),
                        "acknowledge_operation_status.uuid"),
                new Case(
                        "operation without agent",
                        Call.Type.ACKNOWLEDGE_OPERATION_STATUS,
                        call -> call.getAcknowledgeOperationStatusBuilder().setUuid(UUID),
                        "acknowledge_operation_status.agent_id"),
                new Case(
                        "update of another framework",
                        Call.Type.UPDATE_FRAMEWORK,
                        call -> call.getUpdateFrameworkBuilder()
                                .getFrameworkInfoBuilder()
                                .getIdBuilder()
                                .setValue("g"),
                        "update_framework.framework_info.id"),
                new Case(
                        "empty offer id in ACCEPT",
                        Call.Type.ACCEPT,
                        call -> call.getAcceptBuilder().addOfferIdsBuilder().setValue(""),
                        "accept.offer_ids"),
                new Case(
                        "empty offer id in DECLINE",
                        Call.Type.DECLINE,
                        call -> call.getDeclineBuilder().addOfferIdsBuilder().setValue(""),
                        "decline.offer_ids"),
                new Case(
                        "empty task id in KILL",
                        Call.Type.KILL,
                        call -> call.getKillBuilder().getTaskIdBuilder().setValue(""),
                        "kill.task_id"),
                new Case(
                        "empty agent id in KILL",
                        Call.Type.KILL,
                        call -> {
                            call.getKillBuilder().getTaskIdBuilder().setValue("t");
                            call.getKillBuilder().getAgentIdBuilder().setValue("");
                        },
                        "kill.agent_id"),
                new Case(
                        "empty task id in RECONCILE",
                        Call.Type.RECONCILE,
                        call -> call.getReconcileBuilder()
                                .addTasksBuilder()
                                .getTaskIdBuilder()
                                .setValue(""),
                        "reconcile.tasks.task_id"),
                new Case(
                        "empty agent id in RECONCILE",
                        Call.Type.RECONCILE,
                        call -> {
                            var task = call.getReconcileBuilder().addTasksBuilder();
                            task.getTaskIdBuilder().setValue("t");
                            task.getAgentIdBuilder().setValue("");
                        },
                        "reconcile.tasks.agent_id"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsMalformedIsRefusedAndNamed(Case malformed) {
        var call = call(malformed.type);
        malformed.payload.accept(call);

        assertThat(check(call).orElseThrow().text()).contains("'" + malformed.named + "'");
    }
}
