package dev.proffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl proffer logs}, over a master that gives a few bytes at a time. */
class LogsTest {
    private static final int MOST_BYTES = 7;

    private static final String STATE = """
            {"frameworks": [
               {"id": "F1", "name": "web", "tasks": [
                  {"id": "t 1", "framework_id": "F1", "executor_id": "", "slave_id": "S2"},
                  {"id": "both", "framework_id": "F1", "executor_id": "", "slave_id": "S1"}],
                "completed_tasks": [{"id": "t 1", "framework_id": "F1", "slave_id": "S1"}]},
               {"id": "F2", "name": "batch", "completed_tasks": [
                  {"id": "both", "framework_id": "F2", "executor_id": "e1", "slave_id": "S1"}]}],
             "completed_frameworks": [{"id": "F0", "name": "old", "completed_tasks": [
                  {"id": "gone", "framework_id": "F0", "slave_id": "S1"}]}]}
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer master;
    private volatile byte[] file = {};
    private volatile boolean running;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: proffer}}]
                current-context: x
                """);
        master = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        master.createContext("/state", exchange -> answer(exchange, 200, STATE.getBytes(StandardCharsets.UTF_8)));
        master.createContext("/api/proffer/v1/files/read", this::readFile);
        master.start();
    }

    @AfterEach
    void stop() {
        master.stop(0);
    }

    @Test
    void allIsPrintedAndSignsAreNotTornApart() {
        file = "Grüße aus dem Süden\n".repeat(5).getBytes(StandardCharsets.UTF_8);
        assertThat(logs("t 1")).isZero();
        assertThat(out).hasToString("Grüße aus dem Süden\n".repeat(5));
        assertThat(asked.getFirst()).contains("agent=S2&framework=F1&executor=t+1&path=stdout");
    }

    @Test
    void standardErrorAndTheTailAreChosen() {
        file = "one\ntwo\nthree\nfour\n".getBytes(StandardCharsets.UTF_8);
        assertThat(logs("both", "--framework", "batch", "--stderr", "--tail", "2"))
                .isZero();
        assertThat(out).hasToString("three\nfour\n");
        assertThat(asked).allMatch(query -> query.contains("framework=F2&executor=e1&path=stderr"));

        assertThat(logs("gone", "--tail", "0")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(logs("gone", "--tail", "99")).isZero();
        assertThat(out).hasToString("one\ntwo\nthree\nfour\n");
        assertThat(logs("gone", "--tail", "-1")).isEqualTo(1);
    }

    @Test
    void severalTasksOfOneIdAreListed() {
        assertThat(logs("both")).isEqualTo(1);
        assertThat(err.toString())
                .contains("several frameworks have a task 'both'; name one by --framework: F1 (web), F2 (batch)");
        assertThat(logs("none")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no task 'none'; see: kubectl proffer tasks --all");
    }

    @Test
    void whoFollowsGetsAllUntilTheTaskHasEnded() throws Exception {
        running = true;
        status = 503;
        var following = Thread.ofVirtual().start(() -> logs("t 1", "-f"));
        while (asked.isEmpty()) {
            Thread.onSpinWait();
        }
        file = "first\n".getBytes(StandardCharsets.UTF_8);
        status = 200;
        while (!out.toString().equals("first\n")) {
            Thread.onSpinWait();
        }
        file = "first\nand last\n".getBytes(StandardCharsets.UTF_8);
        running = false;
        following.join();
        assertThat(out).hasToString("first\nand last\n");
    }

    @Test
    void aTaskThatEndedWithoutOutputIsNotWaitedFor() {
        status = 404;
        assertThat(logs("t 1", "-f")).isEqualTo(1);
    }

    @Test
    void anAgentThatIsAwayIsSaid() {
        status = 503;
        assertThat(logs("t 1")).isEqualTo(1);
        assertThat(err.toString()).contains("the agent is away");
    }

    private int logs(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var all = new ArrayList<>(List.of("logs"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--master", "http://localhost:" + master.getAddress().getPort()));
        all.addAll(List.of("--kubeconfig", folder.resolve("kubeconfig").toString()));
        return KubectlProffer.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, /* autoFlush= */ true))
                .execute(all.toArray(String[]::new));
    }

    private void readFile(HttpExchange exchange) throws IOException {
        var query = exchange.getRequestURI().getRawQuery();
        asked.add(query);
        if (status != 200) {
            answer(exchange, status, "the agent is away".getBytes(StandardCharsets.UTF_8));
            return;
        }
        boolean runs = running;
        var all = file;
        int offset = Math.min(number(query, "offset"), all.length);
        int length = number(query, "length");
        // Who reads on gets little at a time; who looks for lines gets all that he asks for.
        int most = length == 1 << 16 ? MOST_BYTES : length;
        exchange.getResponseHeaders().set("Proffer-File-Size", Integer.toString(all.length));
        exchange.getResponseHeaders().set("Proffer-Task-Running", Boolean.toString(runs));
        answer(exchange, 200, Arrays.copyOfRange(all, offset, Math.min(all.length, offset + most)));
    }

    private static int number(String query, String parameter) {
        var value = Pattern.compile("&" + parameter + "=(\\d+)").matcher(query);
        assertThat(value.find()).isTrue();
        return Integer.parseInt(value.group(1));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
