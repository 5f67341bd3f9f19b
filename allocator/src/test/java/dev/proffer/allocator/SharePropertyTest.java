package dev.proffer.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.model.AgentId;
import dev.proffer.model.Quantities;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Sums that are kept running are those that can be worked out. */
class SharePropertyTest {
    @Test
    void runningSharesAreThoseWorkedOutFromScratch() {
        Seeds.all(400).forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                play.allocate();
                play.allocator
                        .figures()
                        .roles()
                        .forEach((role, of) -> assertThat(of.share())
                                .as(play.at("role " + role))
                                .isEqualTo(share(play, role)));
            }
        });
    }

    private static double share(Play play, RolePath role) {
        var held = Quantities.NONE;
        var total = Quantities.NONE;
        for (var agent : play.workload.agents.entrySet()) {
            held = held.plus(charged(play, role, agent.getKey()));
            total = total.plus(agent.getValue().scalars());
        }
        double share = 0;
        for (var entry : held.asMap().entrySet()) {
            share = Math.max(share, (double) entry.getValue() / total.thousandths(entry.getKey()));
        }
        return share / play.workload.weights.getOrDefault(role, 1.0);
    }

    /** A shared volume counts once, however many hold it. */
    private static Quantities charged(Play play, RolePath role, AgentId agent) {
        var charged = new ArrayList<Resource>();
        for (var holding : play.holdings(agent)) {
            if (holding.role().equals(role) || role.isAncestorOf(holding.role())) {
                for (var resource : holding.resources()) {
                    if (!resource.shared() || !charged.contains(resource)) {
                        charged.add(resource);
                    }
                }
            }
        }
        return Resources.of(charged).scalars();
    }
}
