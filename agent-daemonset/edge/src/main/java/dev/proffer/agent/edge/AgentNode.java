package dev.proffer.agent.edge;

import static dev.proffer.protocol.v1.AgentInfo.Capability.Type.HIERARCHICAL_ROLE;
import static dev.proffer.protocol.v1.AgentInfo.Capability.Type.MULTI_ROLE;
import static dev.proffer.protocol.v1.AgentInfo.Capability.Type.RESERVATION_REFINEMENT;

import dev.proffer.agent.core.AgentCore;
import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.AgentSettings;
import dev.proffer.agent.core.AgentSnapshot;
import dev.proffer.agent.edge.http.AgentHttp;
import dev.proffer.agent.edge.journal.FileJournal;
import dev.proffer.agent.edge.launcher.PosixLauncher;
import dev.proffer.agent.edge.link.MasterLink;
import dev.proffer.agent.edge.sandbox.Sandboxes;
import dev.proffer.agent.edge.writer.AgentWriter;
import dev.proffer.protocol.resources.AttributeConversion;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.AgentInfo;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
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

    private final AgentConfig config;
    private final FileJournal journal;
    private final PosixLauncher launcher;
    private final MasterLink link;
    private final AgentWriter writer;
    private final AgentHttp http;
    private final List<Meter> meters;

    private AgentNode(AgentConfig config, FileJournal.Opened opened, AgentHttp http) throws IOException {
        this.config = config;
        if (opened.cutBytes() > 0) {
            LOG.warn("agent={} the journal's damaged end was cut off bytes={}", config.name(), opened.cutBytes());
        }
        this.journal = opened.journal();
        this.http = http;
        var info = describe(config, http.port());
        var settings = new AgentSettings(
                info,
                capabilities(),
                config.version(),
                Machine.bootId(),
                /* token= */ Optional.empty(),
                config.killGrace());
        var core = new AgentCore(settings, new SecureRandom());
        this.launcher = new PosixLauncher(
                config.stateFolder().resolve("launcher"),
                new Sandboxes(config.stateFolder())::create,
                config.hostname() + ":" + http.port(),
                this::put);
        this.link = new MasterLink(config.leader(), this::put);
        this.writer = new AgentWriter(
                config.name(),
                core,
                new NodeJournal(journal),
                config.time(),
                this::carryOut,
                defect -> config.onFatal().accept("agent " + config.name() + ": " + defect));
        this.meters = meters();
        http.serve(new AgentHttp.View(info, config.version(), () -> health().ready(), this::snapshot));
        writer.start(core.recover(config.time().get(), opened.records(), launcher::find));
    }

    /**
     * Starts an agent: takes up what its state folder holds, and looks for the leader.
     *
     * @throws IOException if the state folder cannot be read or written
     * @throws IllegalStateException if the port cannot be had
     */
    public static AgentNode start(AgentConfig config) throws IOException {
        var opened = FileJournal.open(config.stateFolder().resolve("journal"));
        try {
            return start(config, opened);
        } catch (IOException | RuntimeException e) {
            opened.journal().close();
            throw e;
        }
    }

    private static AgentNode start(AgentConfig config, FileJournal.Opened opened) throws IOException {
        var http = new AgentHttp(config.vertx(), config.host(), config.port());
        try {
            return new AgentNode(config, opened, http);
        } catch (IOException | RuntimeException e) {
            http.close();
            throw e;
        }
    }

    /**
     * Stops the agent.
     *
     * @param patience how long to wait for tasks to end; without it they are left running, for the next agent on this state
     *     folder to adopt
     */
    public void stop(Optional<Duration> patience) {
        patience.ifPresent(this::endTasks);
        writer.close();
        link.close();
        launcher.close();
        http.close();
        meters.forEach(config.meters()::remove);
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("agent={} the journal was not closed in order", config.name(), e);
        }
    }

    private void endTasks(Duration patience) {
        put(new AgentInput.EndAllTasks());
        long deadline = System.nanoTime() + patience.toNanos();
        while (snapshot().runningTasks() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        if (snapshot().runningTasks() > 0) {
            LOG.error(
                    "agent={} tasks={} did not end in {}",
                    config.name(),
                    snapshot().runningTasks(),
                    patience);
        }
    }

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
        return new AgentHealth(!hangs, snapshot().registered() && !writer.journalFails(), /* started= */ true);
    }

    private void put(AgentInput input) {
        writer.put(input);
    }

    /** On the writer's thread. */
    private void carryOut(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.Dial(var number) -> link.dial(number);
            case AgentEffect.Send(var number, var frame) -> link.send(number, frame);
            case AgentEffect.HangUp(var number, var reason) -> link.hangUp(number, reason);
            case AgentEffect.Start start ->
                launcher.start(start, start.info().getAgentId().getValue());
            case AgentEffect.Kill kill -> launcher.kill(kill);
            case AgentEffect.Forget forget -> launcher.forget(forget);
        }
    }

    private static AgentInfo describe(AgentConfig config, int port) {
        var info = AgentInfo.newBuilder()
                .setHostname(config.hostname())
                .setPort(port)
                .addAllResources(ResourceWriter.write(config.resources(), ReservationFormat.REFINED, Optional.empty()))
                .addAllAttributes(AttributeConversion.write(config.attributes()));
        config.domain().map(DomainConversion::write).ifPresent(info::setDomain);
        return info.build();
    }

    private static List<AgentInfo.Capability> capabilities() {
        return Stream.of(MULTI_ROLE, HIERARCHICAL_ROLE, RESERVATION_REFINEMENT)
                .map(type -> AgentInfo.Capability.newBuilder().setType(type).build())
                .toList();
    }

    private List<Meter> meters() {
        return List.of(
                gauge(
                        "proffer.agent.registered",
                        "1 while registered with a master",
                        node -> node.snapshot().registered() ? 1 : 0),
                gauge(
                        "proffer.agent.tasks",
                        "tasks that have not ended",
                        node -> node.snapshot().runningTasks()),
                gauge("proffer.agent.inbox", "inputs that wait for the writer", node -> node.writer.inboxSize()),
                gauge(
                        "proffer.agent.updates.unacknowledged",
                        "status updates that wait",
                        node -> node.snapshot().tasks().stream()
                                .mapToInt(AgentSnapshot.TaskView::unacknowledgedUpdates)
                                .sum()));
    }

    private Meter gauge(String name, String description, ToDoubleFunction<AgentNode> figure) {
        return Gauge.builder(name, this, figure)
                .description(description)
                .tags(Tags.of("agent", config.name()))
                .register(config.meters());
    }
}
