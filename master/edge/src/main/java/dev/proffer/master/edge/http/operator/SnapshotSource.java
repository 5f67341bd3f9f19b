package dev.proffer.master.edge.http.operator;

import dev.proffer.master.core.snapshot.MasterSnapshot;
import java.util.concurrent.CompletionStage;

/** Where readers get snapshots of the term from that this master leads in. Any thread. */
@FunctionalInterface
public interface SnapshotSource {

    /** Reflects every call that was answered by now. Fails if this master does not lead or has too many readers. */
    CompletionStage<MasterSnapshot> snapshot();
}
