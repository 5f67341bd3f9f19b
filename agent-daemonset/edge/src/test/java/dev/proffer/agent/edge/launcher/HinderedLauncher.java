package dev.proffer.agent.edge.launcher;

import dev.proffer.agent.core.AgentEffect;
import dev.proffer.agent.edge.problems.Problem;
import dev.proffer.model.Resources;
import java.util.List;
import java.util.function.Supplier;

/** A launcher whose problems the test makes. */
public record HinderedLauncher(Launcher launcher, Supplier<List<Problem>> problems) implements Launcher {
    @Override
    public List<Problem> examine(Resources configured) {
        return problems.get();
    }

    @Override
    public void launch(AgentEffect.Launch launch) {
        launcher.launch(launch);
    }

    @Override
    public void find(AgentEffect.Find find) {
        launcher.find(find);
    }

    @Override
    public void sweep(AgentEffect.Sweep sweep) {
        launcher.sweep(sweep);
    }

    @Override
    public void kill(AgentEffect.Kill kill) {
        launcher.kill(kill);
    }

    @Override
    public void discard(AgentEffect.Discard discard) {
        launcher.discard(discard);
    }

    @Override
    public void close() {
        launcher.close();
    }
}
