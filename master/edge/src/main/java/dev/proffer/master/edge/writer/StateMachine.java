package dev.proffer.master.edge.writer;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.master.core.MasterInput;
import dev.proffer.model.Moment;
import java.util.List;

/**
 * What a writer drives: the master's core, or a script in its place. Only the writer's thread calls it.
 *
 * @param <S> what readers see; immutable
 */
public interface StateMachine<S> {

    List<MasterEffect> apply(Moment now, MasterInput input);

    /** When {@link MasterInput.TimerFired} is due, in monotonic nanoseconds; Long.MAX_VALUE for never. */
    long nextDeadline();

    S snapshot();
}
