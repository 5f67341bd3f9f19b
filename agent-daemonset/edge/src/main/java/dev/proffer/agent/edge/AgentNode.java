package dev.proffer.agent.edge;

import dev.proffer.agent.core.AgentCore;
import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.AgentSettings;
import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.agent.core.AgentTiming;
import dev.proffer.agent.core.journal.AgentMemory;
import dev.proffer.agent.edge.http.AgentHttp;
import dev.proffer.agent.edge.journal.FileJournal;
import dev.proffer.agent.edge.journal.JournalWriter;
import dev.proffer.agent.edge.launcher.Launcher;
import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.agent.edge.link.MasterLink;
import dev.proffer.agent.edge.problems.DiskCheck;
import dev.proffer.agent.edge.problems.Examiner;
import dev.proffer.agent.edge.sandbox.SandboxReader;
import dev.proffer.agent.edge.sandbox.Sandboxes;
import dev.proffer.agent.edge.writer.AgentWriter;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent: registers with the leading master and runs tasks. All that it needs is in its configuration and nothing is
 * static, so several fit in one process, each with a state folder and a port of its own.
 */
public final class AgentNode {
    private static final Logger LOG = LoggerFactory.getLogger(AgentNode.class);

    /** A writer that has not come round for so long hangs. */
    private static final Duration HANGING = Duration.ofMinutes(2);

    private static final Duration HANG_UP_PATIENCE = Duration.ofSeconds(1);

    private final AgentConfig config;
    private final StateFolder state;
    private final JournalWriter journal;
    private final Launcher launcher;
    private final SandboxReader reader;
    private final MasterLink link;
    private final AgentWriter writer;
    private final Examiner examiner;
    private final AgentHttp http;
    private final AgentMetrics metrics;
    private final CompletableFuture<Void> tasksEnded = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private AgentNode(AgentConfig config, StateFolder state) throws IOException {
        this.config = config;
        this.state = state;
        var file = FileJournal.open(state.journal());
        if (file.cutBytes() > 0) {
            LOG.warn("agent={} the journal's damaged end was cut off bytes={}", config.name(), file.cutBytes());
        }
        this.http = new AgentHttp(config.vertx(), config.host(), config.port());
        var info = describe(config, http.port());
        var core = new AgentCore(
                settings(config, info), remember(file), config.time().get(), new SecureRandom());
        this.writer = new AgentWriter(config.name(), core, config.time(), this::carryOut);
        this.journal = new JournalWriter(config.name(), file.journal(), remember(file), writer::put);
        var sandboxes = new Sandboxes(state.work());
        this.reader = new SandboxReader(sandboxes, writer::put);
        this.launcher = config.launcher()
                .open(new LauncherSource.Surroundings(
                        config.stateFolder(),
                        state.launcher(),
                        sandboxes::create,
                        endpoint(config, http.port()),
                        writer::put));
        this.examiner = new Examiner(
                config.name(),
                config.resources(),
                config.forbiddenPorts(),
                List.of(
                        new DiskCheck(config.stateFolder(), journal)::problems,
                        () -> launcher.examine(config.resources())),
                writer::put);
        this.link = new MasterLink(config.leader(), config.security(), writer::putWaiting);
        this.metrics = new AgentMetrics(config.meters(), config.name(), writer, journal);
        http.serve(new AgentHttp.View(info, config.version(), this::health, this::snapshot));
    }

    /**
     * Starts an agent: takes up what its state folder holds, and looks for the leader.
     *
     * @throws IOException if the state folder cannot be read or written, or another agent uses it
     * @throws IllegalStateException if the port cannot be had
     */
    public static AgentNode start(AgentConfig config) throws IOException {
        var state = StateFolder.claim(config.stateFolder());
        try {
            var node = new AgentNode(config, state);
            node.journal.start();
            node.writer.start();
            node.examiner.start();
            node.writer.put(new AgentInput.Started());
            return node;
        } catch (IOException | RuntimeException e) {
            state.close();
            throw e;
        }
    }

    /**
     * Ends all tasks and starts no more, and tells the master of it as ever. Returns when they are gone, or after
     * {@code patience}: those that are left then run on.
     */
    public void endTasks(Duration patience) {
        writer.put(new AgentInput.EndTasks());
        if (!await(CompletableFuture.anyOf(tasksEnded, stopped), patience)) {
            LOG.error(
                    "agent={} tasks={} did not end in {}",
                    config.name(),
                    snapshot().runningTasks(),
                    patience);
        }
    }

    /** Stops the agent. Tasks that run are left running, for the next agent on this state folder to adopt. */
    public void stop() {
        writer.put(new AgentInput.Stop());
        if (!await(stopped, HANG_UP_PATIENCE)) {
            LOG.error("agent={} did not stop in {}", config.name(), HANG_UP_PATIENCE);
        }
        examiner.close();
        link.close();
        writer.close();
        journal.close();
        launcher.close();
        http.close();
        metrics.close();
        try {
            state.close();
        } catch (IOException e) {
            LOG.warn("agent={} the state folder was not released in order", config.name(), e);
        }
    }

    private static boolean await(CompletableFuture<?> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The port of its HTTP listener. */
    public int port() {
        return http.port();
    }

    /** As of the writer's last turn. Any thread. */
    public AgentSnapshot snapshot() {
        return writer.snapshot();
    }

    /** Any thread; does not block. */
    public AgentHealth health() {
        boolean hangs = config.time().get().reached(writer.lastTurn().deadline(HANGING));
        var seen = snapshot();
        boolean able = !journal.isFailing() && !seen.capacity().isNothing();
        return new AgentHealth(!hangs, seen.isRegistered() && able, /* started= */ true, trouble(seen));
    }

    private static String trouble(AgentSnapshot seen) {
        var complaint = seen.capacity().complaint();
        if (seen.isRegistered() || !complaint.isEmpty()) {
            return complaint;
        }
        return seen.trouble().isEmpty() ? "not registered with a master" : seen.trouble();
    }

    /** On the writer's thread. */
    private void carryOut(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.Dial(var number) -> link.dial(number);
            case AgentEffect.Probe() -> link.probe();
            case AgentEffect.Send(var number, var frame) -> link.send(number, frame);
            case AgentEffect.HangUp(var number, var reason) -> link.hangUp(number, reason);
            case AgentEffect.Persist persist -> journal.persist(persist);
            case AgentEffect.Launch launch -> launcher.launch(launch);
            case AgentEffect.Find find -> launcher.find(find);
            case AgentEffect.Sweep sweep -> launcher.sweep(sweep);
            case AgentEffect.Kill kill -> launcher.kill(kill);
            case AgentEffect.Discard discard -> launcher.discard(discard);
            case AgentEffect.ReadSandbox read -> reader.read(read);
            case AgentEffect.TasksEnded() -> tasksEnded.complete(null);
            case AgentEffect.Stopped() -> stopped.complete(null);
        }
    }

    private static AgentMemory remember(FileJournal.Opened opened) {
        var memory = new AgentMemory();
        opened.records().forEach(memory::apply);
        return memory;
    }

    private static AgentSettings settings(AgentConfig config, AgentInfo info) {
        var timing = AgentTiming.defaults().withKillGrace(config.killGrace());
        return AgentSettings.of(info, config.version(), Machine.bootId(), timing)
                .in(config.node().pool(), config.node().ip());
    }

    /** Where tasks reach this agent. They share its network. */
    private static String endpoint(AgentConfig config, int port) {
        boolean everywhere = config.host().equals("0.0.0.0") || config.host().equals("::");
        return (everywhere ? config.node().hostname() : config.host()) + ":" + port;
    }

    private static AgentInfo describe(AgentConfig config, int port) {
        var info = AgentInfo.newBuilder()
                .setHostname(config.node().hostname())
                .setPort(port)
                .addAllResources(ResourceWriter.write(config.resources(), ReservationFormat.REFINED, Optional.empty()))
                .addAllAttributes(AttributeConversion.write(config.node().attributes()));
        config.node().domain().map(DomainConversion::write).ifPresent(info::setDomain);
        return info.build();
    }
}
