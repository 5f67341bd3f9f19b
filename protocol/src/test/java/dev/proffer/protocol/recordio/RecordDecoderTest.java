package dev.proffer.protocol.recordio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {
    private final RecordDecoder decoder = new RecordDecoder(100);
    private final List<String> records = new ArrayList<>();

    @Test
    void recordsOfOneChunkComeInOrder() throws RecordFormatException {
        feed("5\nhello6\nworld!");

        assertThat(records).containsExactly("hello", "world!");
        assertThat(decoder.isBetweenRecords()).isTrue();
    }

    @Test
    void anEmptyRecordIsARecord() throws RecordFormatException {
        feed("0\n0\n1\nx");

        assertThat(records).containsExactly("", "", "x");
    }

    /** As in Mesos' RecordIOTest, EncodeDecode: a record may hold line feeds and digits. */
    @Test
    void aRecordMayLookLikeAHeader() throws RecordFormatException {
        feed("4\n12\n\n2\nok");

        assertThat(records).containsExactly("12\n\n", "ok");
    }

    @Test
    void chunksMayBeCutAnywhere() throws RecordFormatException {
        var stream = new ByteArrayOutputStream();
        for (var text : List.of("a", "", "größer als zehn Bytes", "5\nhello")) {
            stream.writeBytes(RecordEncoder.encode(text.getBytes(UTF_8)));
        }
        var bytes = stream.toByteArray();
        for (int size = 1; size <= bytes.length; size++) {
            records.clear();
            for (int start = 0; start < bytes.length; start += size) {
                decoder.decode(ByteBuffer.wrap(bytes, start, Math.min(size, bytes.length - start)), this::add);
            }
            assertThat(records).as("chunks of %s", size).containsExactly("a", "", "größer als zehn Bytes", "5\nhello");
        }
    }

    @Test
    void anUnfinishedRecordIsNoticed() throws RecordFormatException {
        feed("5\nhel");
        assertThat(decoder.isBetweenRecords()).isFalse();

        feed("lo1");
        assertThat(records).containsExactly("hello");
        assertThat(decoder.isBetweenRecords()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1\nx", "+1\nx", "1 \nx", "\n", "1\r\nx", "0x1\n", "1.0\n"})
    void aHeaderThatIsNoNumberEndsTheStream(String header) {
        assertThatThrownBy(() -> feed("2\nok" + header)).isInstanceOf(RecordFormatException.class);
        assertThat(records).containsExactly("ok");

        assertThatThrownBy(() -> feed("2\nok")).isInstanceOf(RecordFormatException.class);
        assertThat(records).containsExactly("ok");
        assertThat(decoder.isBetweenRecords()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"101", "99999999999999999999999", "18446744073709551616", "000000000000000000000"})
    void aRecordThatIsTooLargeIsRefusedByItsHeader(String length) {
        assertThatThrownBy(() -> feed(length))
                .isInstanceOf(RecordFormatException.class)
                .hasMessageContaining("100 bytes");
    }

    @Test
    void aRecordOfTheLargestSizeIsTaken() throws RecordFormatException {
        feed("100\n" + "x".repeat(100));

        assertThat(records).containsExactly("x".repeat(100));
    }

    @Test
    void aDecoderNeedsABound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordDecoder(0));
    }

    private void feed(String chunk) throws RecordFormatException {
        decoder.decode(ByteBuffer.wrap(chunk.getBytes(UTF_8)), this::add);
    }

    private void add(byte[] record) {
        records.add(new String(record, UTF_8));
    }
}
