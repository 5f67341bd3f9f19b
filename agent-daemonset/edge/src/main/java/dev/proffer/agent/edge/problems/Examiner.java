package dev.proffer.agent.edge.problems;

import dev.proffer.agent.core.AgentInput;
import dev.proffer.agent.core.Capacity;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines the machine every few seconds and tells what the agent can offer as things are. On a thread of its own, since a
 * look may block: at a disk that hangs, say.
 */
public final class Examiner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Examiner.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final String agent;
    private final Resources configured;
    private final Ranges forbiddenPorts;
    private final List<Supplier<List<Problem>>> checks;
    private final Consumer<AgentInput> inbox;
    private final Thread thread;
    private List<Problem> known = List.of();

    /**
     * @param configured all that the agent is to offer
     * @param forbiddenPorts those of it that tasks must not have
     * @param checks called in this order
     * @param inbox told of what changes; must not block
     */
    public Examiner(
            String agent,
            Resources configured,
            Ranges forbiddenPorts,
            List<Supplier<List<Problem>>> checks,
            Consumer<AgentInput> inbox) {
        this.agent = agent;
        this.configured = configured;
        this.forbiddenPorts = forbiddenPorts;
        this.checks = List.copyOf(checks);
        this.inbox = inbox;
        this.thread =
                Thread.ofPlatform().name("agent-examiner-" + agent).daemon().unstarted(this::run);
    }

    /** Tells of the first examination before it returns. */
    public void start() {
        known = examine();
        tell();
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                var found = examine();
                if (!found.equals(known)) {
                    known = found;
                    tell();
                }
            }
        } catch (InterruptedException closing) {
            LOG.debug("agent={} no longer examined", agent);
        }
    }

    private List<Problem> examine() {
        var problems = new ArrayList<Problem>();
        for (var check : checks) {
            try {
                problems.addAll(check.get());
            } catch (RuntimeException defect) {
                LOG.error("agent={} an examination failed", agent, defect);
                problems.add(new Problem.SetUpFailed(defect.toString()));
            }
        }
        overlap().ifPresent(ports -> problems.add(new Problem.PortsForbidden(ports)));
        return problems;
    }

    private Optional<Ranges> overlap() {
        return configured
                .ranges("ports")
                .map(ports -> ports.minus(ports.minus(forbiddenPorts)))
                .map(Ranges.class::cast)
                .filter(ports -> !ports.isEmpty());
    }

    private void tell() {
        var left = configured;
        for (var problem : known) {
            left = problem.left(left);
            LOG.warn(
                    "agent={} problem={} offers=\"{}\" message=\"{}\"", agent, problem.name(), left, problem.message());
        }
        if (known.isEmpty()) {
            LOG.info("agent={} offers all that it was configured to resources=\"{}\"", agent, left);
        }
        inbox.accept(new AgentInput.CapacityChanged(new Capacity(
                ResourceWriter.write(left, ReservationFormat.REFINED, Optional.empty()),
                known.stream().map(Examiner::wire).toList())));
    }

    private static dev.proffer.protocol.link.Problem wire(Problem problem) {
        return dev.proffer.protocol.link.Problem.newBuilder()
                .setName(problem.name())
                .setMessage(problem.message())
                .build();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
