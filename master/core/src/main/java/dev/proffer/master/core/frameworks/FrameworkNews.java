package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.protocol.link.MasterFrame;
import dev.proffer.protocol.link.UpdateFramework;

/** Tells the agents that run a framework's tasks what it says of itself now. */
final class FrameworkNews {
    private final Cluster cluster;
    private final Outbox outbox;

    FrameworkNews(Desk desk) {
        this.cluster = desk.cluster();
        this.outbox = desk.outbox();
    }

    void tellAgents(Framework framework) {
        var frame = MasterFrame.newBuilder()
                .setUpdateFramework(UpdateFramework.newBuilder().setFramework(framework.info()));
        cluster.agentsOf(framework).forEach(agent -> outbox.send(agent, frame));
    }
}
