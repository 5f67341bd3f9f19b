package dev.proffer.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.HealthCheck;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.scheduler.Call;
import org.junit.jupiter.api.Test;

class JsonReaderTest {
    private final JsonReader reader = new JsonReader();

    @Test
    void nullIsTheSameAsAbsent() throws MalformedMessageException {
        var call = call("""
                {"type": "REVIVE", "framework_id": null, "subscribe": null, "accept": null,
                 "revive": {"roles": [null, "a", null]}}""");

        assertThat(call.hasFrameworkId()).isFalse();
        assertThat(call.hasAccept()).isFalse();
        assertThat(call.getRevive().getRolesList()).containsExactly("a");
    }

    @Test
    void unknownFieldsAreIgnoredWhateverTheyHold() throws MalformedMessageException {
        var call = call("""
                {"color": {"type": [1, {"x": "}"}]}, "frameworkId": {"value": "f"}, "type": "REVIVE", "size": 1e9}""");

        assertThat(call).isEqualTo(Call.newBuilder().setType(Call.Type.REVIVE).build());
    }

    @Test
    void oneValueStandsForAListOfOne() throws MalformedMessageException {
        var call = call("""
                {"type": "DECLINE", "decline": {"offer_ids": {"value": "o1"}}, "revive": {"roles": "a"}}""");

        assertThat(call.getDecline().getOfferIds(0).getValue()).isEqualTo("o1");
        assertThat(call.getRevive().getRolesList()).containsExactly("a");
    }

    @Test
    void stringsStandForNumbersAndTruthValues() throws MalformedMessageException {
        var range = read("""
                {"begin": "31000", "end": "18446744073709551615"}""", Value.Range.getDefaultInstance());
        var filters = read("""
                {"refuse_seconds": "2.5"}""", Filters.getDefaultInstance());
        var command = read("""
                {"shell": "false", "value": "x"}""", CommandInfo.getDefaultInstance());

        assertThat(range.getBegin()).isEqualTo(31000);
        assertThat(range.getEnd()).isEqualTo(-1L);
        assertThat(filters.getRefuseSeconds()).isEqualTo(2.5);
        assertThat(command.getShell()).isFalse();
    }

    @Test
    void integersLoseTheirFraction() throws MalformedMessageException {
        var range = read("""
                {"begin": 1.9, "end": 3e2}""", Value.Range.getDefaultInstance());
        var negative = read("""
                {"type": "TCP", "consecutive_failures": "2.9"}""", HealthCheck.getDefaultInstance());

        assertThat(range.getBegin()).isEqualTo(1);
        assertThat(range.getEnd()).isEqualTo(300);
        assertThat(negative.getConsecutiveFailures()).isEqualTo(2);
    }

    @Test
    void numbersKeepAllOfTheir64Bits() throws MalformedMessageException {
        var range = read("""
                {"begin": 9007199254740993, "end": 18446744073709551615}""", Value.Range.getDefaultInstance());

        assertThat(range.getBegin()).isEqualTo(9007199254740993L);
        assertThat(range.getEnd()).isEqualTo(-1L);
    }

    @Test
    void infinityIsWrittenAsAString() throws MalformedMessageException {
        assertThat(refuseSeconds("\"Infinity\"")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(refuseSeconds("\"-Infinity\"")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(refuseSeconds("\"NaN\"")).isNaN();
        assertThat(refuseSeconds("7")).isEqualTo(7);
        assertThat(refuseSeconds("-1.5e-3")).isEqualTo(-0.0015);
    }

    private double refuseSeconds(String json) throws MalformedMessageException {
        return read("{\"refuse_seconds\": " + json + "}", Filters.getDefaultInstance())
                .getRefuseSeconds();
    }

    @Test
    void bytesAreBase64() throws MalformedMessageException {
        var status = read("""
                {"task_id": {"value": "t"}, "state": "TASK_RUNNING", "uuid": "AAECAwQFBgcICQoLDA0ODw==", "data": ""}""", TaskStatus.getDefaultInstance());

        assertThat(status.getUuid())
                .isEqualTo(ByteString.copyFrom(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}));
        assertThat(status.hasData()).isTrue();
    }

    @Test
    void anUnknownEnumValueCountsAsNotSet() throws MalformedMessageException {
        assertThat(call("{\"type\": \"DANCE\"}").hasType()).isFalse();

        var framework = read("""
                {"user": "u", "name": "n", "capabilities": [{"type": "DANCE"}, {"type": "MULTI_ROLE"}]}""", FrameworkInfo.getDefaultInstance());
        assertThat(framework.getCapabilities(0).hasType()).isFalse();
        assertThat(framework.getCapabilities(1).getType()).isEqualTo(FrameworkInfo.Capability.Type.MULTI_ROLE);

        var linux = read("""
                {"type": "MESOS", "linux_info": {"effective_capabilities": {"capabilities": ["DANCE", "KILL"]}}}""", ContainerInfo.getDefaultInstance());
        assertThat(linux.getLinuxInfo().getEffectiveCapabilities().getCapabilitiesCount())
                .isEqualTo(1);
    }

    @Test
    void mapsAreObjects() throws MalformedMessageException {
        var task = read("""
                {"name": "n", "task_id": {"value": "t"}, "agent_id": {"value": "a"},
                 "limits": {"cpus": {"value": 2}, "mem": null, "größe\\n": {"value": "Infinity"}}}""", TaskInfo.getDefaultInstance());

        assertThat(task.getLimitsMap().keySet()).containsExactlyInAnyOrder("cpus", "größe\n");
        assertThat(task.getLimitsOrThrow("cpus").getValue()).isEqualTo(2);
    }

    @Test
    void stringsMayHoldAnyCharacter() throws MalformedMessageException {
        var text = read("""
                {"value": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u00e9é\\ud83d\\ude00😀€"}""", Value.Text.getDefaultInstance());

        assertThat(text.getValue()).isEqualTo("\"\\/\b\f\n\r\t\0éé😀😀€");
    }

    @Test
    void longStringsAreReadWhole() throws MalformedMessageException {
        var value = "äb\\n".repeat(100_000);

        assertThat(read("{\"value\": \"" + value + "\"}", Value.Text.getDefaultInstance())
                        .getValue())
                .isEqualTo("äb\n".repeat(100_000));
    }

    private Call call(String json) throws MalformedMessageException {
        return read(json, Call.getDefaultInstance());
    }

    private <T extends Message> T read(String json, T type) throws MalformedMessageException {
        return reader.read(json.getBytes(UTF_8), type);
    }
}
