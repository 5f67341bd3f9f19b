package dev.proffer.protocol.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is wrong with a document is said with the path of the field and what it needs. */
class JsonReaderErrorsTest {
    private final JsonReader reader = new JsonReader();

    record Case(String json, String message) {}

    static final List<Case> WRONG_FIELDS = List.of(
            new Case("{\"type\": 3}", "type: expected the name of a value, as a string, but found a number"),
            new Case("{\"type\": [\"KILL\"]}", "type: expected the name of a value, as a string, but found an array"),
            new Case("{\"framework_id\": \"f\"}", "framework_id: expected an object, but found a string"),
            new Case(
                    "{\"framework_id\": [{\"value\": \"f\"}]}", "framework_id: expected an object, but found an array"),
            new Case("{\"framework_id\": {\"value\": 5}}", "framework_id.value: expected a string, but found a number"),
            new Case(
                    "{\"framework_id\": {\"value\": true}}",
                    "framework_id.value: expected a string, but found a boolean"),
            new Case(
                    "{\"accept\": {\"operations\": [{}, {\"launch\": {\"task_infos\": [{\"task_id\": 7}]}}]}}",
                    "accept.operations[1].launch.task_infos[0].task_id: expected an object, but found a number"),
            new Case("{\"revive\": {\"roles\": [[\"a\"]]}}", "revive.roles[0]: expected a string, but found an array"),
            new Case(
                    "{\"accept\": {\"filters\": {\"refuse_seconds\": \"soon\"}}}",
                    "accept.filters.refuse_seconds: expected a number, but found the string 'soon'"),
            new Case(
                    "{\"accept\": {\"filters\": {\"refuse_seconds\": true}}}",
                    "accept.filters.refuse_seconds: expected a number, but found a boolean"),
            new Case(
                    "{\"accept\": {\"filters\": {\"refuse_seconds\": 1e999}}}",
                    "accept.filters.refuse_seconds: the number is larger than a double can be"),
            new Case(
                    "{\"subscribe\": {\"framework_info\": {\"checkpoint\": 1}}}",
                    "subscribe.framework_info.checkpoint: expected true or false, but found a number"),
            new Case(
                    "{\"subscribe\": {\"framework_info\": {\"checkpoint\": \"yes\"}}}",
                    "subscribe.framework_info.checkpoint: expected true or false, but found a string"),
            new Case(
                    "{\"acknowledge\": {\"uuid\": \"no base 64\"}}",
                    "acknowledge.uuid: the string is no base64: Illegal base64 character 20"),
            new Case(
                    "{\"subscribe\": {\"framework_info\": {\"offer_filters\": []}}}",
                    "subscribe.framework_info.offer_filters: expected an object with one member for each entry, but"
                            + " found an array"),
            new Case(
                    "{\"subscribe\": {\"framework_info\": {\"offer_filters\": {\"eng\": 5}}}}",
                    "subscribe.framework_info.offer_filters.eng: expected an object, but found a number"),
            new Case("{\"type\": \"KILL\", \"type\": \"KILL\"}", "type: the field stands twice in one object"),
            new Case(
                    "{\"framework_id\": {\"value\": \"\\ud800x\"}}",
                    "framework_id.value: the string has half a surrogate pair, which is no Unicode character"),
            new Case(
                    taskWith("\"health_check\": {\"http\": {\"port\": -1}}"),
                    "accept.operations[0].launch.task_infos[0].health_check.http.port: the number does not fit uint32"),
            new Case(
                    taskWith("\"health_check\": {\"http\": {\"port\": 4294967296}}"),
                    "accept.operations[0].launch.task_infos[0].health_check.http.port: the number does not fit uint32"),
            new Case(
                    taskWith("\"health_check\": {\"http\": {\"port\": \"1e999999999\"}}"),
                    "accept.operations[0].launch.task_infos[0].health_check.http.port: the number does not fit uint32"),
            new Case(
                    taskWith("\"max_completion_time\": {\"nanoseconds\": 9223372036854775808}"),
                    "accept.operations[0].launch.task_infos[0].max_completion_time.nanoseconds: the number does not fit"
                            + " int64"),
            new Case(
                    "{\"accept\": {\"operations\": [{\"launch\": {\"task_infos\": [{\"container\": {\"type\": \"VM\"}}]}}]}}",
                    "accept.operations[0].launch.task_infos[0].container.type: the field has no value called 'VM'"));

    private static String taskWith(String field) {
        return "{\"accept\": {\"operations\": [{\"launch\": {\"task_infos\": [{" + field + "}]}}]}}";
    }

    @ParameterizedTest
    @FieldSource("WRONG_FIELDS")
    void aWrongFieldIsNamed(Case example) {
        assertThatThrownBy(() -> read(example.json())).hasMessage(example.message());
    }

    static final List<Case> NO_JSON = List.of(
            new Case("", "expected a JSON object with the fields of Call, but found nothing"),
            new Case("  ", "expected a JSON object with the fields of Call, but found nothing"),
            new Case("[]", "expected a JSON object with the fields of Call, but found an array"),
            new Case("\"x\"", "expected a JSON object with the fields of Call, but found a string"),
            new Case("null", "expected a JSON object with the fields of Call, but found null"),
            new Case("{} {}", "Something follows the JSON object, which must be all there is"),
            new Case("{}}", "No valid JSON at line 1, column 3: Unexpected close marker '}'"),
            new Case(
                    "{\"type\": \"KILL\"",
                    "No valid JSON at line 1, column 16 (in type): Unexpected end-of-input: expected close marker for Object"),
            new Case(
                    "{\"accept\": {\"offer_ids\": [{\"val",
                    "No valid JSON at line 1, column 32 (in accept.offer_ids[0])"),
            new Case("{type: 1}", "No valid JSON at line 1, column 2: Unexpected character"),
            new Case("{\"type\": 'KILL'}", "No valid JSON at line 1, column 10 (in type): Unexpected character"),
            new Case("{\"x\": NaN}", "No valid JSON at line 1, column 10 (in x): Non-standard token 'NaN'"),
            new Case("{\"x\": 01}", "No valid JSON at line 1, column 8 (in x): Invalid numeric value"),
            new Case("{\"x\": \"a\nb\"}", "No valid JSON at line 1, column 9 (in x): Illegal unquoted character"),
            new Case("{\"x\": 1,}", "No valid JSON at line 1, column 9 (in x): Unexpected character"),
            new Case("{\"x\": " + "9".repeat(1001) + "}", "(in x): Number value length (1001) exceeds"),
            new Case("{\"x\": " + "[".repeat(200), "Document nesting depth (101) exceeds"));

    @ParameterizedTest
    @FieldSource("NO_JSON")
    void whatIsNoJsonIsRefusedWithItsPlace(Case example) {
        assertThatThrownBy(() -> read(example.json()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining(example.message())
                .message()
                .doesNotContain("com.fasterxml", "[Source");
    }

    @Test
    void allMissingFieldsAreNamed() {
        assertThatThrownBy(() -> read("""
                {"accept": {"offer_ids": [{"value": "o"}, {}],
                            "operations": [{"launch": {"task_infos": [{"name": "n", "agent_id": {"value": null}}]}}]}}"""))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("Required fields of Call are missing: accept.offer_ids[1].value,"
                        + " accept.operations[0].launch.task_infos[0].agent_id.value,"
                        + " accept.operations[0].launch.task_infos[0].task_id");
    }

    @Test
    void aThousandMissingFieldsMakeAShortMessage() {
        var ids = "{}" + ",{}".repeat(999);

        assertThatThrownBy(() -> read("{\"decline\": {\"offer_ids\": [" + ids + "]}}"))
                .message()
                .hasSizeLessThan(1000)
                .contains("decline.offer_ids[19].value");
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        var latin = "{\"framework_id\": {\"value\": \"é\"}}".getBytes(ISO_8859_1);
        var overlong = "{\"framework_id\": {\"value\": \"??\"}}".getBytes(UTF_8);
        overlong[27] = (byte) 0xc0;
        overlong[28] = (byte) 0x80;

        for (var bytes : List.of(latin, overlong, "{\"type\": \"KILL\"}".getBytes(UTF_16LE))) {
            assertThatThrownBy(() -> reader.read(bytes, Call.getDefaultInstance()))
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessage("No valid JSON: the text is not encoded in UTF-8");
        }
    }

    @Test
    void moreThanTheLargestDocumentIsRefused() {
        assertThatThrownBy(() -> reader.read(new byte[(32 << 20) + 1], Call.getDefaultInstance()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("33554432");
    }

    @Test
    void nestingUpToTheBoundIsRead() throws MalformedMessageException {
        var deep = "{\"x\": " + "[".repeat(99) + "]".repeat(99) + "}";

        assertThat(reader.read(deep.getBytes(UTF_8), Call.getDefaultInstance())).isEqualTo(Call.getDefaultInstance());
    }

    private void read(String json) throws MalformedMessageException {
        reader.read(json.getBytes(UTF_8), Call.getDefaultInstance());
    }
}
