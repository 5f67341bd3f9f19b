package dev.proffer.cli.master;

import dev.proffer.cli.CliException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file in the sandbox of a task's last run, which the master has the task's agent read. */
public final class SandboxFile {
    /** As much as the master gives at a time. */
    private static final int MOST_BYTES = 1 << 16;

    /** How far back lines are counted: nobody reads more by hand. */
    private static final long FARTHEST_BACK = 16L << 20;

    private final MasterConnection master;
    private final String query;

    /** @param executor the task's own id, if it has no other */
    public SandboxFile(MasterConnection master, String agent, String framework, String executor, String path) {
        this.master = master;
        this.query = "/api/proffer/v1/files/read?agent=" + encoded(agent) + "&framework=" + encoded(framework)
                + "&executor=" + encoded(executor) + "&path=" + encoded(path);
    }

    /** Why there is nothing to read, though there may be later. */
    public enum Absence {
        /** There is no such file, yet or any more. */
        NO_FILE,
        /** The agent is away, slow, or busy. */
        NO_AGENT
    }

    /**
     * Bytes from some place on, none at the file's end.
     *
     * @param running whether the task had not ended before they were read: if it had, nothing more is written
     */
    public record Part(ByteBuffer bytes, long size, boolean running) {}

    /** What there was to read, or why there was nothing. */
    public sealed interface Look {
        record Seen(Part part) implements Look {}

        /** @param running whether the task had not ended: if it had, the file does not come any more */
        record Unseen(Absence absence, String text, boolean running) implements Look {}
    }

    /** @throws CliException if the master says no */
    public Look read(long offset) {
        return read(offset, MOST_BYTES);
    }

    /** Where the last lines begin, as far as they are not too far back. */
    public long startOfLast(long lines) {
        long end = part(0, 0).map(Part::size).orElse(0L);
        long limit = Math.max(0, end - FARTHEST_BACK);
        long left = lines;
        for (long start = end; start > limit; ) {
            long before = Math.max(limit, start - MOST_BYTES);
            var bytes = part(before, (int) (start - before)).map(Part::bytes).orElse(ByteBuffer.allocate(0));
            for (int i = bytes.limit() - 1; i >= 0; i--) {
                boolean endsTheLast = before + i == end - 1;
                if (bytes.get(i) == '\n' && !endsTheLast && --left == 0) {
                    return before + i + 1;
                }
            }
            start = before;
        }
        return lines == 0 ? end : limit;
    }

    private Optional<Part> part(long offset, int length) {
        return read(offset, length) instanceof Look.Seen(var part) ? Optional.of(part) : Optional.empty();
    }

    private Look read(long offset, int length) {
        var answer = master.bytes(query + "&offset=" + offset + "&length=" + length);
        return switch (answer.statusCode()) {
            case HttpURLConnection.HTTP_OK ->
                new Look.Seen(new Part(
                        ByteBuffer.wrap(answer.body()),
                        answer.headers().firstValueAsLong("Proffer-File-Size").orElse(0),
                        running(answer)));
            case HttpURLConnection.HTTP_NOT_FOUND -> new Look.Unseen(Absence.NO_FILE, text(answer), running(answer));
            case HttpURLConnection.HTTP_UNAVAILABLE, HttpURLConnection.HTTP_GATEWAY_TIMEOUT ->
                new Look.Unseen(Absence.NO_AGENT, text(answer), running(answer));
            default -> throw new CliException("the master says: " + answer.statusCode() + " " + text(answer));
        };
    }

    private static boolean running(HttpResponse<byte[]> answer) {
        return answer.headers()
                .firstValue("Proffer-Task-Running")
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
