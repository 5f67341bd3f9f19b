package dev.proffer.master.edge.figures;

import dev.proffer.master.core.explanations.Explained;
import dev.proffer.master.core.snapshot.MasterSnapshot;
import dev.proffer.model.FrameworkId;
import java.util.concurrent.CompletionStage;

/** What can be read of a term while it lasts. Any thread. */
public interface LeaderView {

    long term();

    CompletionStage<MasterSnapshot> snapshot();

    /** Why the framework gets no offers, over all of its roles and all agents. */
    CompletionStage<Explained> explain(FrameworkId framework);
}
