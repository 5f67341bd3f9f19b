package dev.proffer.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.proffer.cli.CliException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints what a command found. */
public final class Printer {
    private static final String GAP = "   ";

    private final Output output;
    private final PrintWriter out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = {};

    public Printer(Output output, PrintWriter out) {
        this.output = output;
        this.out = out;
    }

    /**
     * Rows as a table, or all of {@code document}.
     *
     * @param empty what is said in place of a table without rows
     */
    public <T> void print(List<T> rows, List<Column<T>> columns, Object document, String empty) {
        switch (output) {
            case table ->
                table(rows, columns.stream().filter(column -> !column.wide()).toList(), empty);
            case wide -> table(rows, columns, empty);
            case json, yaml -> document(document);
        }
    }

    /** Lines for people, or all of {@code document}. */
    public void print(List<String> lines, Object document) {
        switch (output) {
            case table, wide -> lines.forEach(out::println);
            case json, yaml -> document(document);
        }
        out.flush();
    }

    /** Text in UTF-8, of which a sign may end in the next call. */
    public void write(ByteBuffer text) {
        var bytes = ByteBuffer.allocate(rest.length + text.remaining())
                .put(rest)
                .put(text)
                .flip();
        var signs = CharBuffer.allocate(bytes.remaining());
        decoder.decode(bytes, signs, /* endOfInput= */ false);
        rest = new byte[bytes.remaining()];
        bytes.get(rest);
        out.append(signs.flip());
        out.flush();
    }

    private void document(Object document) {
        try {
            var mapper = output == Output.yaml ? new YAMLMapper() : new ObjectMapper();
            out.println(mapper.enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(document)
                    .strip());
        } catch (JsonProcessingException unprintable) {
            throw new CliException(
                    "what was found cannot be printed: " + unprintable.getOriginalMessage(), unprintable);
        }
        out.flush();
    }

    private <T> void table(List<T> rows, List<Column<T>> columns, String empty) {
        if (rows.isEmpty()) {
            out.println(empty);
            out.flush();
            return;
        }
        var cells = rows.stream()
                .map(row -> columns.stream()
                        .map(column -> column.value().apply(row))
                        .toList())
                .toList();
        var widths = IntStream.range(0, columns.size())
                .map(index -> cells.stream()
                        .mapToInt(row -> row.get(index).length())
                        .reduce(columns.get(index).title().length(), Math::max))
                .toArray();
        line(columns.stream().map(Column::title).toList(), widths);
        cells.forEach(row -> line(row, widths));
        out.flush();
    }

    private void line(List<String> cells, int[] widths) {
        out.println(IntStream.range(0, cells.size())
                .mapToObj(index -> cells.get(index)
                        + " ".repeat(widths[index] - cells.get(index).length()))
                .collect(Collectors.joining(GAP))
                .stripTrailing());
    }
}
