package dev.proffer.protocol.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class AcceptHeaderTest {
    /** Header lines, and what to answer in. */
    record Case(String expected, List<String> lines) {
        Case(String expected, String... lines) {
            this(expected, List.of(lines));
        }
    }

    static final List<Case> CASES = List.of(
            new Case("JSON"),
            new Case("none", ""),
            new Case("JSON", "*/*"),
            new Case("JSON", "application/*"),
            new Case("JSON", "application/json"),
            new Case("PROTOBUF", "application/x-protobuf"),
            new Case("PROTOBUF", "application/x-protobuf, application/x-protobuf"),
            new Case("PROTOBUF", "application/x-protobuf", "application/x-protobuf"),
            new Case("JSON", "application/x-protobuf, application/json"),
            new Case("JSON", "application/x-protobuf, application/json;q=0.1"),
            new Case("PROTOBUF", "application/x-protobuf, application/json;q=0"),
            new Case("PROTOBUF", "application/json;q=0.0, */*"),
            new Case("PROTOBUF", "application/json; q=0, application/*; q=0.5"),
            new Case("none", "application/json;q=0,application/x-protobuf;q=0"),
            new Case("none", "*/*;q=0"),
            new Case("JSON", "*/*;q=0, application/json"),
            new Case("JSON", "APPLICATION/JSON"),
            new Case("JSON", " application / json "),
            new Case("JSON", "application/json;charset=utf-8"),
            new Case("JSON", "application/json;q=0;q=0"),
            new Case("none", "application/json;q=much"),
            new Case("none", "text/html"),
            new Case("none", "application/jsonx, application"),
            new Case("none", ",;,"));

    @ParameterizedTest
    @FieldSource("CASES")
    void theAnswerIsInJsonWhereverThatIsAcceptable(Case example) {
        var chosen = AcceptHeader.choose(example.lines());

        assertThat(chosen.map(MediaType::name).orElse("none")).isEqualTo(example.expected());
    }

    static final List<String> NOT_EXACT =
            List.of("", "application/json; charset=utf-8", "Application/json", " application/json", "text/json");

    @ParameterizedTest
    @FieldSource("NOT_EXACT")
    void aContentTypeMustBeExact(String header) {
        assertThat(MediaType.ofContentType(header)).isEmpty();
        assertThat(MediaType.ofContentType("application/json")).contains(MediaType.JSON);
        assertThat(MediaType.ofContentType("application/x-protobuf")).contains(MediaType.PROTOBUF);
    }
}
