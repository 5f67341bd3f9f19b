package dev.proffer.master.edge;

import dev.proffer.allocator.Allocator;
import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterConfig;
import dev.proffer.master.core.MasterCore;
import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.master.edge.writer.StateMachine;
import dev.proffer.model.Moment;
import java.util.List;
import java.util.function.Supplier;

/** Makes the state that a leader decides from, afresh for each term. */
@FunctionalInterface
public interface CoreFactory {

    StateMachine<MasterSnapshot> begin(Leadership leadership);

    /** The master's core, with an allocator of its own for each term. */
    static CoreFactory of(MasterConfig config, Supplier<Allocator> allocators) {
        return leadership -> {
            var core = new MasterCore(config, leadership, allocators.get());
            return new StateMachine<>() {
                @Override
                public List<MasterEffect> apply(Moment now, MasterInput input) {
                    return core.apply(now, input);
                }

                @Override
                public long nextDeadline() {
                    return core.nextDeadline();
                }

                @Override
                public MasterSnapshot snapshot() {
                    return core.snapshot();
                }
            };
        };
    }
}
