package dev.proffer.allocator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.allocator.explain.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The explanation is what the next pass does. */
class ExplainPropertyTest {
    /** Also: what a pass gave and takes back leaves every figure as it was. */
    @Test
    void whatIsExplainedAwayIsNotOfferedAndWhatIsNotIs() {
        Seeds.all(250).forEach(seed -> {
            var play = Play.inAnyProfile(seed);
            for (int step = 0; step < Play.STEPS; step++) {
                play.step();
                if (step % 10 != 9) {
                    play.allocate();
                    continue;
                }
                play.now = play.now.plus(AllocatorConfig.DEFAULT.timing().allocationInterval());
                var figures = play.allocator.figures();
                var explanations = explainAll(play);
                assertThat(play.allocator.figures()).as(play.at("figures")).isEqualTo(figures);
                var made = play.allocate();
                explanations.forEach(explanation -> check(play, explanation, made));
            }
        });
    }

    private static List<Explanation> explainAll(Play play) {
        var explanations = new ArrayList<Explanation>();
        play.workload.frameworks.forEach((framework, member) -> member.profile
                .roles()
                .forEach(
                        role -> explanations.add(play.allocator.explain(play.now, framework, role, Optional.empty()))));
        return explanations;
    }

    private static void check(Play play, Explanation explanation, List<Allocation> made) {
        assertThat(explanation.reasons().keySet()).isEqualTo(play.workload.agents.keySet());
        explanation.reasons().forEach((agent, reasons) -> {
            boolean offered = made.stream()
                    .map(each -> (Allocation.Offer) each)
                    .anyMatch(offer -> offer.framework().equals(explanation.framework())
                            && offer.role().equals(explanation.role())
                            && offer.agent().equals(agent));
            assertThat(reasons.isEmpty())
                    .as(play.at(explanation.framework() + " in " + explanation.role() + " on " + agent + ": " + reasons
                            + ", made " + made))
                    .isEqualTo(offered);
        });
    }
}
