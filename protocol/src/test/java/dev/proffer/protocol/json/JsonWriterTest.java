package dev.proffer.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.proffer.protocol.link.Ping;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.HealthCheck;
import dev.proffer.protocol.v1.LinuxInfo;
import dev.proffer.protocol.v1.OfferFilters;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.executor.Event;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class JsonWriterTest {
    private final JsonWriter writer = new JsonWriter();

    @Test
    void explicitDefaultsShowAlthoughNotSet() {
        assertThat(write(FrameworkInfo.newBuilder().setUser("u").setName("n").build()))
                .isEqualTo("{\"user\":\"u\",\"name\":\"n\",\"failover_timeout\":0.0,\"checkpoint\":false}");
        assertThat(write(Filters.getDefaultInstance())).isEqualTo("{\"refuse_seconds\":5.0}");
        assertThat(write(CommandInfo.getDefaultInstance())).isEqualTo("{\"shell\":true}");
        assertThat(write(CommandInfo.URI.newBuilder().setValue("v").build()))
                .isEqualTo("{\"value\":\"v\",\"extract\":true}");
        assertThat(write(Environment.Variable.newBuilder().setName("A").build()))
                .isEqualTo("{\"name\":\"A\",\"type\":\"VALUE\"}");
        assertThat(write(ContainerInfo.DockerInfo.newBuilder().setImage("i").build()))
                .isEqualTo("{\"image\":\"i\",\"network\":\"HOST\",\"privileged\":false}");
        assertThat(write(LinuxInfo.getDefaultInstance())).isEqualTo("{\"share_cgroups\":true}");
        assertThat(write(HealthCheck.getDefaultInstance()))
                .isEqualTo("{\"delay_seconds\":15.0,\"interval_seconds\":10.0,\"timeout_seconds\":20.0,"
                        + "\"consecutive_failures\":3,\"grace_period_seconds\":10.0}");
    }

    @Test
    void aSetFieldTakesThePlaceOfItsDefault() {
        var check = HealthCheck.newBuilder().setIntervalSeconds(1).setConsecutiveFailures(7);
        check.getCommandBuilder().setShell(false);

        assertThat(write(check.build()))
                .isEqualTo("{\"delay_seconds\":15.0,\"interval_seconds\":1.0,\"timeout_seconds\":20.0,"
                        + "\"consecutive_failures\":7,\"grace_period_seconds\":10.0,\"command\":{\"shell\":false}}");
    }

    @Test
    @SuppressWarnings("deprecation") // The rule is about deprecated fields.
    void aDeprecatedDefaultShowsOnlyIfSet() {
        var resource = Resource.newBuilder().setName("cpus").setType(Value.Type.SCALAR);

        assertThat(write(resource.build())).isEqualTo("{\"name\":\"cpus\",\"type\":\"SCALAR\"}");
        assertThat(write(resource.setRole("*").build()))
                .isEqualTo("{\"name\":\"cpus\",\"type\":\"SCALAR\",\"role\":\"*\"}");
    }

    @Test
    void otherUnsetAndEmptyFieldsAreLeftOut() {
        assertThat(write(Event.getDefaultInstance())).isEqualTo("{}");
        assertThat(write(Resource.AllocationInfo.getDefaultInstance())).isEqualTo("{}");
    }

    record Case(double value, String text) {}

    static final List<Case> DOUBLES = List.of(
            new Case(0, "0.0"),
            new Case(1, "1.0"),
            new Case(15, "15.0"),
            new Case(-2.5, "-2.5"),
            new Case(0.1, "0.1"),
            new Case(0.25, "0.25"),
            new Case(0.001, "0.001"),
            new Case(-0.001, "-0.001"),
            new Case(0.010, "0.01"),
            new Case(1.005, "1.005"),
            new Case(0.1 + 0.2, "0.30000000000000004"),
            new Case(1.0 / 3, "0.3333333333333333"),
            new Case(1e7, "10000000.0"),
            new Case(1700000000.123456, "1700000000.123456"),
            new Case(123456789012.345, "123456789012.345"),
            new Case(9.0e12, "9000000000000.0"),
            new Case(1e15, "1000000000000000.0"),
            new Case(1e20, "100000000000000000000.0"),
            new Case(1e21, "1e21"),
            new Case(1.5e300, "1.5e300"),
            new Case(0.00001, "0.00001"),
            new Case(1e-7, "1e-7"),
            new Case(-1.25e-9, "-1.25e-9"),
            new Case(Double.MIN_VALUE, "4.9e-324"),
            new Case(Double.MAX_VALUE, "1.7976931348623157e308"),
            new Case(Double.POSITIVE_INFINITY, "\"Infinity\""),
            new Case(Double.NEGATIVE_INFINITY, "\"-Infinity\""),
            new Case(Double.NaN, "\"NaN\""));

    @ParameterizedTest
    @FieldSource("DOUBLES")
    void doublesHaveAFractionAndReadBackTheSame(Case example) {
        var text = write(Value.Scalar.newBuilder().setValue(example.value()).build());

        assertThat(text).isEqualTo("{\"value\":" + example.text() + "}");
        assertThat(Double.valueOf(example.text().replace("\"", ""))).isEqualTo(Double.valueOf(example.value()));
    }

    @Test
    void integersAreNumbersOf64Bits() {
        var range = Value.Range.newBuilder().setBegin(9007199254740993L).setEnd(-1);

        assertThat(write(range.build())).isEqualTo("{\"begin\":9007199254740993,\"end\":18446744073709551615}");
        assertThat(write(dev.proffer.protocol.v1.DurationInfo.newBuilder()
                        .setNanoseconds(Long.MIN_VALUE)
                        .build()))
                .isEqualTo("{\"nanoseconds\":-9223372036854775808}");
        assertThat(write(dev.proffer.protocol.v1.scheduler.Event.Failure.newBuilder()
                        .setStatus(-9)
                        .build()))
                .isEqualTo("{\"status\":-9}");
    }

    @Test
    void stringsAreEscapedWhereTheyMustBe() {
        var text = Value.Text.newBuilder().setValue("a/\"\\\b\f\n\r\t\u0001\u001f\u007fé€😀z");

        assertThat(write(text.build())).isEqualTo("{\"value\":\"a/\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\u007fé€😀z\"}");
    }

    @Test
    void malformedUtf8BecomesReplacementCharacters() throws InvalidProtocolBufferException {
        var text = Value.Text.parseFrom(new byte[] {0x0a, 3, 'a', (byte) 0xff, 'b'});

        assertThat(write(text)).isEqualTo("{\"value\":\"a\ufffdb\"}");
    }

    @Test
    void bytesAreBase64() {
        var status = TaskStatus.newBuilder().setUuid(ByteString.copyFrom(new byte[] {-1, -2, -3, -4}));

        assertThat(new String(writer.write(status.buildPartial()), UTF_8)).isEqualTo("{\"uuid\":\"//79/A==\"}");
    }

    @Test
    void mapsAreObjects() {
        var quantities = OfferFilters.ResourceQuantities.newBuilder()
                .putQuantities("cpus", scalar(0.5))
                .putQuantities("mem", scalar(32));

        assertThat(write(quantities.build()))
                .isEqualTo("{\"quantities\":{\"cpus\":{\"value\":0.5},\"mem\":{\"value\":32.0}}}");
    }

    @Test
    void whatTheSchemaDoesNotKnowIsLeftOut() {
        var unknown = UnknownFieldSet.newBuilder()
                .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(99).build())
                .addField(
                        77,
                        UnknownFieldSet.Field.newBuilder()
                                .addFixed32(1)
                                .addFixed64(2)
                                .addVarint(-1)
                                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                .addGroup(UnknownFieldSet.newBuilder()
                                        .addField(
                                                1,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addFixed64(3)
                                                        .build())
                                        .build())
                                .build())
                .build();
        var event = Event.newBuilder().setUnknownFields(unknown);
        event.getErrorBuilder().setMessage("m").setUnknownFields(unknown);

        assertThat(write(event.build())).isEqualTo("{\"error\":{\"message\":\"m\"}}");
    }

    @Test
    void messagesOfNoHttpApiHaveNoJson() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> write(Ping.newBuilder().setSequence(1).build()));
    }

    private static Value.Scalar scalar(double value) {
        return Value.Scalar.newBuilder().setValue(value).build();
    }

    private String write(Message message) {
        return new String(writer.write(message), UTF_8);
    }
}
