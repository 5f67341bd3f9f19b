package dev.proffer.agent.edge;

import dev.proffer.agent.edge.launcher.LauncherSource;
import dev.proffer.agent.edge.link.LeaderLocator;
import dev.proffer.agent.edge.link.LinkSecurity;
import dev.proffer.model.Moment;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resources;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What an agent is built from.
 *
 * @param name tells agents of one process apart, in metrics and thread names
 * @param node what is said of the machine
 * @param host the interface of the agent's HTTP port
 * @param port the agent's HTTP port; 0 for any that is free
 * @param stateFolder the journal, the supervisors' folders and the sandboxes; kept across restarts
 * @param resources all that it is to offer, as far as its machine lets it
 * @param forbiddenPorts those of its ports that tasks must not have
 * @param version of this program
 * @param launcher runs the tasks
 * @param leader where to find the leading master
 * @param security of the link to it
 * @param time the clock of everything in this agent
 * @param onFatal told once when this agent must not go on: the program has to exit. Any thread.
 */
public record AgentConfig(
        String name,
        NodeFacts node,
        String host,
        int port,
        Path stateFolder,
        Resources resources,
        Ranges forbiddenPorts,
        String version,
        Duration killGrace,
        LauncherSource launcher,
        LeaderLocator leader,
        LinkSecurity security,
        Supplier<Moment> time,
        Vertx vertx,
        MeterRegistry meters,
        Consumer<String> onFatal) {}
