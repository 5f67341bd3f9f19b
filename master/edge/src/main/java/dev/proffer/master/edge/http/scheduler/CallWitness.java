package dev.proffer.master.edge.http.scheduler;

import dev.proffer.protocol.v1.scheduler.Call;
import java.time.Duration;

/** Is told how calls were answered, for metrics. Any thread; must not block. */
@FunctionalInterface
public interface CallWitness {
    void answered(Call.Type type, int status, Duration took);
}
