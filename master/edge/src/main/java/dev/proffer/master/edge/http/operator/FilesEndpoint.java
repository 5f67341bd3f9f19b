package dev.proffer.master.edge.http.operator;

import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.http.Answer;
import dev.proffer.master.edge.http.Endpoint;
import dev.proffer.master.edge.http.Exchange;
import dev.proffer.master.edge.http.Identity;
import dev.proffer.master.edge.http.LeaderReads;
import dev.proffer.master.edge.sandboxes.FileRead;
import dev.proffer.master.edge.sandboxes.FileReads;
import dev.proffer.model.AgentId;
import dev.proffer.protocol.link.ReadFile;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.FrameworkID;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code GET /api/proffer/v1/files/read?agent=…&framework=…&executor=…[&container=…]&path=…[&offset=…][&length=…]}: a part of a
 * file in a sandbox, as bytes. The header {@value #SIZE} says how long the file is by now, and {@value #RUNNING} whether its
 * task had not ended before it was read. All are named by their ids; a task without an executor of its own has one of its name.
 * Without a container its last run is meant.
 */
public final class FilesEndpoint implements Endpoint {
    /** Header with the size of the whole file. */
    static final String SIZE = "Proffer-File-Size";

    /** Header: if it is false, nothing more is written to the file. */
    static final String RUNNING = "Proffer-Task-Running";

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final LeaderReads reads;
    private final SnapshotSource snapshots;
    private final FileSource files;
    private final FileReaders readers;

    public FilesEndpoint(LeaderReads reads, SnapshotSource snapshots, FileSource files, FileReaders readers) {
        this.reads = reads;
        this.snapshots = snapshots;
        this.files = files;
        this.readers = readers;
    }

    @Override
    public void handle(Exchange exchange) {
        reads.admit(exchange, this::question);
    }

    private void question(Exchange exchange, Identity identity) {
        AgentId agent;
        ReadFile.Builder request;
        try {
            var query = new Query(exchange);
            agent = new AgentId(needed(query, "agent"));
            request = request(query);
        } catch (IllegalArgumentException malformed) {
            exchange.answer(Answer.text(BAD_REQUEST, String.valueOf(malformed.getMessage())));
            return;
        }
        snapshots
                .snapshot()
                .whenComplete((snapshot, failure) -> exchange.context().runOnContext(_ -> {
                    if (failure == null) {
                        judge(exchange, identity, snapshot, agent, request);
                    } else {
                        exchange.answer(unavailable(failure));
                    }
                }));
    }

    private static ReadFile.Builder request(Query query) {
        var request = ReadFile.newBuilder()
                .setFrameworkId(FrameworkID.newBuilder().setValue(needed(query, "framework")))
                .setExecutorId(ExecutorID.newBuilder().setValue(needed(query, "executor")))
                .setPath(needed(query, "path"))
                .setOffset(query.number("offset", 0, Long.MAX_VALUE, 0))
                .setLength((int) query.number("length", 0, FileReads.MOST_BYTES, FileReads.MOST_BYTES));
        query.text("container").ifPresent(request::setContainerId);
        return request;
    }

    private static String needed(Query query, String name) {
        return query.text(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing."));
    }

    private void judge(
            Exchange exchange, Identity identity, MasterSnapshot snapshot, AgentId agent, ReadFile.Builder request) {
        var id = request.getFrameworkId().getValue();
        var framework = framework(snapshot, id);
        if (framework.isPresent() && !readers.mayRead(identity, framework.get().info())) {
            exchange.answer(Answer.text(
                    FORBIDDEN,
                    "Only framework '" + id
                            + "' itself, and whoever looks as ServiceAccount proffer-viewer, may read its"
                            + " sandboxes."));
        } else if (framework.isEmpty()) {
            exchange.answer(Answer.text(NOT_FOUND, "No framework has the id '" + id + "'."));
        } else if (!isKnown(snapshot, agent)) {
            exchange.answer(Answer.text(NOT_FOUND, "No agent has the id '" + agent + "'."));
        } else {
            boolean runs = runs(snapshot, agent, request);
            files.read(agent, request)
                    .whenComplete((read, failure) -> exchange.context()
                            .runOnContext(
                                    _ -> exchange.answer(failure == null ? answer(read, runs) : unavailable(failure))));
        }
    }

    private static Optional<FrameworkSnapshot> framework(MasterSnapshot snapshot, String id) {
        return Stream.concat(snapshot.frameworks().stream(), snapshot.completedFrameworks().stream())
                .filter(one -> one.id().value().equals(id))
                .findFirst();
    }

    private static boolean isKnown(MasterSnapshot snapshot, AgentId agent) {
        return snapshot.agents().stream().anyMatch(one -> one.id().equals(agent))
                || Stream.concat(snapshot.recoveredAgents().stream(), snapshot.unreachableAgents().stream())
                        .anyMatch(one -> one.id().equals(agent));
    }

    private static boolean runs(MasterSnapshot snapshot, AgentId agent, ReadFile.Builder request) {
        return snapshot.agents().stream()
                .filter(one -> one.id().equals(agent))
                .flatMap(one -> one.tasks().stream())
                .anyMatch(task -> task.isLive()
                        && task.id().value().equals(request.getExecutorId().getValue())
                        && task.framework()
                                .value()
                                .equals(request.getFrameworkId().getValue()));
    }

    private static Answer answer(FileRead read, boolean runs) {
        return switch (read) {
            case FileRead.Content(var data, var size) ->
                Answer.bytes(
                        data.toByteArray(),
                        List.of(Map.entry(SIZE, Long.toString(size)), Map.entry(RUNNING, Boolean.toString(runs))));
            case FileRead.NotFound(var problem) ->
                Answer.text(
                        NOT_FOUND, "Not found: " + problem + ".", List.of(Map.entry(RUNNING, Boolean.toString(runs))));
            case FileRead.Refused(var problem) -> Answer.text(BAD_REQUEST, "'path': " + problem + ".");
            case FileRead.Away() -> Answer.unavailable("The agent is not connected to this master at the moment.");
            case FileRead.Busy() -> Answer.unavailable("Too many files are being read at the moment.");
            case FileRead.Late() -> Answer.text(GATEWAY_TIMEOUT, "The agent does not answer.");
            case FileRead.Failed(var problem) -> Answer.text(BAD_GATEWAY, "The agent cannot read it: " + problem + ".");
        };
    }

    private static Answer unavailable(Throwable failure) {
        return Answer.unavailable("This cannot be read now: " + failure.getMessage());
    }
}
