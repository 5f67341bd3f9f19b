package dev.proffer.agent.core.effects;

import dev.proffer.agent.core.AgentEffect;
import java.util.ArrayList;
import java.util.List;

/** The effects of the input that is being applied, in order. */
public final class Outbox {
    private List<AgentEffect> effects = new ArrayList<>();

    public void add(AgentEffect effect) {
        effects.add(effect);
    }

    public List<AgentEffect> take() {
        var taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
