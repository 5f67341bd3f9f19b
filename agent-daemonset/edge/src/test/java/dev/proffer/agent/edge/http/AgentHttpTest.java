package dev.proffer.agent.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.agent.core.Capacity;
import dev.proffer.agent.core.Container;
import dev.proffer.agent.core.TaskKey;
import dev.proffer.agent.core.registration.Phase;
import dev.proffer.agent.edge.AgentHealth;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.link.Problem;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.AgentInfo;
import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskState;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentHttpTest {
    private static final Problem PROBLEM =
            Problem.newBuilder().setName("NoHolder").setMessage("start one").build();

    private static Vertx vertx;

    private AgentHttp http;
    private volatile boolean healthy = true;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void open() {
        http = new AgentHttp(vertx, "127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        http.close();
    }

    private void serve() {
        var info = AgentInfo.newBuilder().setHostname("host-1").build();
        var task = TaskInfo.newBuilder()
                .setName("the task")
                .setTaskId(TaskID.newBuilder().setValue("t1"))
                .setAgentId(AgentID.newBuilder().setValue("m1-S0"))
                .setCommand(CommandInfo.newBuilder().setValue("secret command"))
                .build();
        var view = new AgentSnapshot.TaskView(
                new Container(new AgentId("m1-S0"), new TaskKey(new FrameworkId("f1"), new TaskId("t1")), "c1"),
                task,
                TaskState.TASK_RUNNING,
                2);
        http.serve(new AgentHttp.View(
                info,
                "0.1",
                () -> new AgentHealth(true, healthy, true, healthy ? "" : "no pod holds a share"),
                () -> new AgentSnapshot(
                        Optional.of("m1-S0"),
                        Phase.REGISTERED,
                        "",
                        Optional.empty(),
                        new Capacity(List.of(), List.of(PROBLEM)),
                        List.of(),
                        List.of(view))));
    }

    /** The whole answer to a request, byte by byte as a client sees it. */
    private String answer(String method, String target) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
            socket.setSoTimeout(10_000);
            var request = method + " " + target + " HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonObject body(String answer) {
        return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }

    @Test
    void answers503UntilTheAgentHasStarted() throws IOException {
        assertThat(answer("GET", "/health")).startsWith("HTTP/1.1 503").endsWith("the agent is starting");
    }

    @Test
    void isHealthyAsLongAsTheAgentIs() throws IOException {
        serve();
        assertThat(answer("GET", "/health")).startsWith("HTTP/1.1 200");

        healthy = false;

        assertThat(answer("GET", "/health")).startsWith("HTTP/1.1 503").endsWith("no pod holds a share");
    }

    @Test
    void tellsItsVersion() throws IOException {
        serve();

        assertThat(body(answer("GET", "/version"))).isEqualTo(new JsonObject().put("version", "0.1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/state", "/slave(1)/state", "/state?x=y", "http://agent:5051/state"})
    void tellsItsState(String target) throws IOException {
        serve();

        var state = body(answer("GET", target));

        assertThat(state.getString("id")).isEqualTo("m1-S0");
        assertThat(state.getString("hostname")).isEqualTo("host-1");
        assertThat(state.getJsonArray("problems").getJsonObject(0).getString("name"))
                .isEqualTo("NoHolder");
        var framework = state.getJsonArray("frameworks").getJsonObject(0);
        assertThat(framework.getString("id")).isEqualTo("f1");
        var executor = framework.getJsonArray("executors").getJsonObject(0);
        assertThat(executor.getString("container")).isEqualTo("c1");
        var task = executor.getJsonArray("tasks").getJsonObject(0);
        assertThat(task.getString("id")).isEqualTo("t1");
        assertThat(task.getString("name")).isEqualTo("the task");
        assertThat(task.getString("state")).isEqualTo("TASK_RUNNING");
        assertThat(state.encode()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/state/", "/health/../state", "http://agent", "http://[broken/state"})
    void knowsNoOtherPath(String target) throws IOException {
        serve();

        assertThat(answer("GET", target)).startsWith("HTTP/1.1 404").endsWith("there are /health, /version and /state");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void allowsOnlyReading(String method) throws IOException {
        serve();

        assertThat(answer(method, "/state")).startsWith("HTTP/1.1 405").containsIgnoringCase("allow: GET, HEAD");
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        serve();

        assertThat(answer("HEAD", "/state")).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    }

    @Test
    void saysWhichPortCannotBeHad() {
        assertThatThrownBy(() -> new AgentHttp(vertx, "192.0.2.1", 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot listen on 192.0.2.1:1");
    }
}
