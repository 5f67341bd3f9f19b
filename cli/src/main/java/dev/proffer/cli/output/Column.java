package dev.proffer.cli.output;

import java.util.function.Function;

/**
 * A column of a table.
 *
 * @param value what it shows of a row; an empty text is shown as such
 * @param wide whether it is shown on request only
 */
public record Column<T>(String title, Function<T, String> value, boolean wide) {
    public static <T> Column<T> of(String title, Function<T, String> value) {
        return new Column<>(title, value, false);
    }

    public static <T> Column<T> wide(String title, Function<T, String> value) {
        return new Column<>(title, value, true);
    }
}
