package dev.proffer.master.core.agents;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Agents;
import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.master.core.registry.RegistryConfig;
import dev.proffer.master.core.registry.Standing;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.model.Moment;
import dev.proffer.model.Timers;
import java.util.List;

/** The term's beginning: agents that an earlier leader let in are expected back, and given up if they do not come. */
public final class Recovery {
    private final RegistryConfig config;
    private final Agents agents;
    private final Books books;
    private final Timers<Timer> timers;
    private final GivingUp givingUp;
    private final Oblivion oblivion;
    private int admitted;
    private boolean anyQuota;

    public Recovery(RegistryConfig config, Desk desk, GivingUp givingUp, Oblivion oblivion) {
        this.config = config;
        this.agents = desk.cluster().agents();
        this.books = desk.books();
        this.timers = desk.timers();
        this.givingUp = givingUp;
        this.oblivion = oblivion;
    }

    /** What the registry says; the term's first input. */
    public void registryRead(Moment now, List<RegisteredAgent> known) {
        known.stream().filter(agent -> agents.find(agent.id()).isEmpty()).forEach(agents.absent()::add);
        admitted = (int) known.stream()
                .filter(agent -> agent.standing() == Standing.ADMITTED)
                .count();
        timers.set(new Timer.RecoveredAgents(), now.deadline(config.reregisterTimeout()));
        oblivion.watch(now);
        pauseOffers(now);
    }

    /** The term begins with quota. As in Mesos: only then offers wait for the agents, for a guarantee could be broken. */
    public void quotaIsSet(Moment now) {
        if (!anyQuota) {
            anyQuota = true;
            pauseOffers(now);
        }
    }

    private void pauseOffers(Moment now) {
        int back = admitted - agents.absent().recovered().size();
        int expected = (int) (admitted * config.recoveryFactor()) - back;
        if (anyQuota && expected > 0) {
            books.recovering(now, expected, config.recoveryTimeout());
        }
    }

    /** The timer's work: they had time enough. */
    public void giveUpTheRest(Moment now) {
        List.copyOf(agents.absent().recovered()).forEach(agent -> givingUp.giveUp(now, agent.id()));
    }
}
