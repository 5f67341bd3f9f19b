package dev.proffer.master.edge.http;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** A whole HTTP answer. Its length is always stated, since old clients read nothing else. */
public record Answer(int status, List<Entry<String, String>> headers, Buffer body) {
    private static final String RETRY_AFTER_SECONDS = "2";

    public Answer {
        headers = List.copyOf(headers);
    }

    /** Plain text; nothing but the status when there is none. */
    public static Answer text(int status, String text) {
        return text(status, text, List.of());
    }

    public static Answer json(String json) {
        return new Answer(200, List.of(header("Content-Type", "application/json")), Buffer.buffer(json));
    }

    /** What a file holds, with headers that say more of it. Browsers are not to make anything else of it. */
    public static Answer bytes(byte[] bytes, List<Entry<String, String>> headers) {
        var all = new ArrayList<>(headers);
        all.add(header("Content-Type", "application/octet-stream"));
        all.add(header("X-Content-Type-Options", "nosniff"));
        return new Answer(200, all, Buffer.buffer(bytes));
    }

    /** Go elsewhere with the same method and body. */
    public static Answer redirect(String location) {
        return new Answer(307, List.of(header("Location", location)), Buffer.buffer());
    }

    public static Answer unavailable(String text) {
        return text(503, text, List.of(header("Retry-After", RETRY_AFTER_SECONDS)));
    }

    public static Answer methodNotAllowed(String allowed, String received) {
        return text(
                405,
                "This path takes " + allowed + ", but the request is a " + received + ".",
                List.of(header("Allow", allowed)));
    }

    /** @param challenges each on a line of its own, since old clients understand only lines with one */
    public static Answer unauthorized(List<String> challenges, String text) {
        return text(
                401,
                text,
                challenges.stream()
                        .map(challenge -> header("WWW-Authenticate", challenge))
                        .toList());
    }

    /** With headers that say more. */
    public static Answer text(int status, String text, List<Entry<String, String>> headers) {
        if (text.isEmpty()) {
            return new Answer(status, headers, Buffer.buffer());
        }
        var all = new ArrayList<>(headers);
        all.add(header("Content-Type", "text/plain"));
        return new Answer(status, all, Buffer.buffer(text));
    }

    private static Entry<String, String> header(String name, String value) {
        return Map.entry(name, value);
    }
}
