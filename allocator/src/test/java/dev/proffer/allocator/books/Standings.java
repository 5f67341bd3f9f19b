package dev.proffer.allocator.books;

import dev.proffer.allocator.AllocatorConfig;
import dev.proffer.allocator.AllocatorInput.AgentAdded;
import dev.proffer.allocator.AllocatorInput.AgentDescription;
import dev.proffer.allocator.AllocatorInput.AgentUpdated;
import dev.proffer.allocator.AllocatorInput.Origin;
import dev.proffer.allocator.FrameworkProfile;
import dev.proffer.allocator.order.LotOrder;
import dev.proffer.allocator.run.Chance;
import dev.proffer.allocator.run.Lottery;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Roles with one framework each, of the same name, that hold resources of agents: what Mesos calls a sorter. */
final class Standings {
    final Cluster cluster;
    private final Ledger ledger;
    private final FrameworkBook frameworks;
    private final AgentBook agents;

    Standings(AllocatorConfig config) {
        cluster = new Cluster(config, new Chance(7));
        ledger = new Ledger(cluster);
        frameworks = new FrameworkBook(cluster, ledger);
        agents = new AgentBook(cluster, ledger, frameworks);
    }

    /** The DRF sorter with one agent. */
    static Standings with(String total) {
        var standings = new Standings(AllocatorConfig.DEFAULT);
        standings.total("agent", Resources.parse(total));
        return standings;
    }

    /** Sets what an agent has. */
    Standings total(String agent, Resources total) {
        var id = new AgentId(agent);
        var description = new AgentDescription(agent, List.of(), Optional.empty(), List.of());
        if (cluster.agent(id) == null) {
            agents.add(new AgentAdded(id, description, total, List.of(), Optional.empty()));
        } else {
            agents.update(new AgentUpdated(id, description, total));
        }
        return this;
    }

    Standings total(String total) {
        return total("agent", Resources.parse(total));
    }

    Standings add(String... clients) {
        for (var client : clients) {
            frameworks.add(
                    new FrameworkId(client),
                    new FrameworkProfile(
                            List.of(new RolePath(client)), List.of(), List.of(), new TreeMap<>(), Optional.empty()),
                    true,
                    List.of());
        }
        return this;
    }

    Standings remove(String client) {
        frameworks.remove(new FrameworkId(client));
        return this;
    }

    Standings activate(String client) {
        frameworks.revive(new FrameworkId(client), List.of());
        return this;
    }

    Standings deactivate(String client) {
        frameworks.suppress(new FrameworkId(client), List.of());
        return this;
    }

    Standings weight(String path, double weight) {
        cluster.roles().setWeight(new RolePath(path), weight);
        return this;
    }

    /** Adds the client if there is none of that name. */
    Standings hold(String client, double cpus, double mem) {
        return hold(client, Resources.parse("cpus:" + cpus + ";mem:" + mem));
    }

    Standings hold(String client, Resources resources) {
        return hold(client, "agent", resources);
    }

    Standings hold(String client, String agent, Resources resources) {
        if (cluster.framework(new FrameworkId(client)) == null) {
            add(client);
        }
        ledger.use(agent(agent), slot(client), cluster.bundle(resources));
        return this;
    }

    Standings release(String client, double cpus, double mem) {
        return release(client, Resources.parse("cpus:" + cpus + ";mem:" + mem));
    }

    Standings release(String client, Resources resources) {
        ledger.release(agent("agent"), slot(client), resources, Origin.USED);
        return this;
    }

    Standings convert(String client, String agent, Resources consumed, Resources converted) {
        ledger.convert(agent(agent), slot(client), consumed, converted);
        return this;
    }

    private Agent agent(String id) {
        return Objects.requireNonNull(cluster.agent(new AgentId(id)));
    }

    Slot slot(String client) {
        var framework = Objects.requireNonNull(cluster.framework(new FrameworkId(client)));
        return Objects.requireNonNull(framework.slot(new RolePath(client)));
    }

    /** Whether there is a framework in the role itself, and not only below it. */
    boolean isClient(String path) {
        var node = cluster.roles().find(new RolePath(path));
        return node != null && node.leaf().tracked() > 0;
    }

    Resources heldOn(String client, String agent) {
        var held = agent(agent).held().get(slot(client));
        return held == null ? Resources.EMPTY : held.used().resources();
    }

    /** The active clients in the order in which they are served. */
    String order() {
        var leaves = new ArrayList<RoleLeaf>();
        collect(cluster.roles().root(), leaves);
        return leaves.stream().map(leaf -> leaf.role().value()).collect(Collectors.joining(","));
    }

    private void collect(RoleNode node, List<RoleLeaf> leaves) {
        if (node.entries().order() instanceof LotOrder lots) {
            leaves.addAll(Lottery.draw(node, lots));
            return;
        }
        node.entries().look(cluster.pool());
        for (var entry : node.entries().siblings()) {
            switch (entry) {
                case RoleNode child -> collect(child, leaves);
                case RoleLeaf leaf -> leaves.add(leaf);
                default -> throw new IllegalStateException();
            }
        }
    }
}
