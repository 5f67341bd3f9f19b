import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes JSON: maps in their own order, lists, strings, numbers. */
final class Json {
    private Json() {}

    static String of(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var members = new StringJoiner(",", "{", "}");
                map.forEach((name, member) -> members.add(of(String.valueOf(name)) + ":" + of(member)));
                yield members.toString();
            }
            case List<?> list -> {
                var items = new StringJoiner(",", "[", "]");
                list.forEach(item -> items.add(of(item)));
                yield items.toString();
            }
            case Number number -> number.toString();
            case String text -> quoted(text);
            default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ') {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
