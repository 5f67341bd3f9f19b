package dev.proffer.master.edge.writer;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.model.Moment;

/** Whom a writer acts for. Called on the writer's thread; none of the calls may block or take long. */
public interface WriterOwner {

    /** Whether this master may act as the leader at that moment. */
    boolean mayAct(Moment now);

    void carryOut(MasterEffect effect);

    /** It may not act any more; the writer has ended. */
    void expired();

    /** An invariant is broken, so nothing that the state says can be trusted; the writer has ended. */
    void broken(Throwable defect);
}
