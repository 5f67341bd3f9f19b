package dev.proffer.agent.edge.sandbox;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.protocol.link.FileContent;
import dev.proffer.protocol.link.FileContent.Outcome;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what masters ask for, a few requests at a time, each on a thread of its own: a disk may hang. */
public final class SandboxReader {
    private static final Logger LOG = LoggerFactory.getLogger(SandboxReader.class);
    private static final int AT_ONCE = 8;
    private static final int MOST_BYTES = 1 << 16;
    private static final int MOST_NAMES = 64;

    private final Sandboxes sandboxes;
    private final Consumer<AgentInput> inbox;
    private final Semaphore places = new Semaphore(AT_ONCE);

    /** @param inbox takes answers; does not block */
    public SandboxReader(Sandboxes sandboxes, Consumer<AgentInput> inbox) {
        this.sandboxes = sandboxes;
        this.inbox = inbox;
    }

    /** Any thread; does not block. */
    public void read(AgentEffect.ReadSandbox order) {
        if (!places.tryAcquire()) {
            answer(order, problem(Outcome.BUSY, "too many files of this agent are being read"));
            return;
        }
        Thread.ofPlatform().daemon().name("sandbox-read").start(() -> {
            try {
                answer(order, content(order));
            } finally {
                places.release();
            }
        });
    }

    private void answer(AgentEffect.ReadSandbox order, FileContent.Builder content) {
        inbox.accept(new AgentInput.FileRead(
                order.link(), content.setRequest(order.request().getRequest()).build()));
    }

    private FileContent.Builder content(AgentEffect.ReadSandbox order) {
        var request = order.request();
        var names = names(request.getPath());
        if (names.isEmpty() || request.getOffset() < 0) {
            return problem(
                    Outcome.REFUSED,
                    "'" + request.getPath() + "' is no path within a sandbox: name a file there, without '..'");
        }
        try {
            var part = SandboxFiles.read(
                    sandbox(order), names, request.getOffset(), Math.clamp(request.getLength(), 0, MOST_BYTES));
            return FileContent.newBuilder()
                    .setOutcome(Outcome.READ)
                    .setData(part.data())
                    .setSize(part.size());
        } catch (NoSuchFileException | NotDirectoryException missing) {
            return problem(Outcome.NOT_FOUND, "there is no such plain file in this sandbox");
        } catch (IllegalArgumentException refused) {
            return problem(Outcome.REFUSED, String.valueOf(refused.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "a sandbox cannot be read framework={}",
                    request.getFrameworkId().getValue(),
                    e);
            return problem(Outcome.FAILED, e instanceof FileSystemException f ? f.getReason() : e.getMessage());
        }
    }

    private Path sandbox(AgentEffect.ReadSandbox order) throws IOException {
        var request = order.request();
        return sandboxes.find(
                order.agent().value(),
                request.getFrameworkId().getValue(),
                request.getExecutorId().getValue(),
                request.hasContainerId() ? Optional.of(request.getContainerId()) : Optional.empty());
    }

    /** None if it could lead anywhere else. */
    private static List<String> names(String path) {
        var names = new ArrayList<String>();
        for (var name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                return List.of();
            }
            names.add(name);
        }
        return names.size() > MOST_NAMES ? List.of() : names;
    }

    private static FileContent.Builder problem(Outcome outcome, @Nullable String problem) {
        return FileContent.newBuilder().setOutcome(outcome).setProblem(problem == null ? "it failed" : problem);
    }
}
