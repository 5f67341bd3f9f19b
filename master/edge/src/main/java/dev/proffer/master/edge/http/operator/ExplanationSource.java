package dev.proffer.master.edge.http.operator;

import dev.proffer.master.core.explanations.Explained;
import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.RolePath;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Who knows why a framework gets no offers. */
@FunctionalInterface
public interface ExplanationSource {

    /** Fails unless this master leads and has the time. Any thread; completes on one that must not be held up. */
    CompletionStage<Explained> explain(FrameworkId framework, Optional<RolePath> role, Optional<AgentId> agent);
}
