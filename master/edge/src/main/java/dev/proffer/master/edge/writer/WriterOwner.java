package dev.proffer.master.edge.writer;

import dev.proffer.master.core.MasterEffect;
import dev.proffer.model.Moment;

/** Whom a writer acts for. Called on the writer's thread; none of the calls may block or take long. */
public interface WriterOwner {

    /** Whether this master may act in its term at that moment; if not, the writer waits until it may, or is closed. */
    boolean mayAct(Moment now);

    void carryOut(MasterEffect effect);

    /** An invariant is broken, so nothing that the state says can be trusted; the writer has ended. */
    void broken(Throwable defect);
}
