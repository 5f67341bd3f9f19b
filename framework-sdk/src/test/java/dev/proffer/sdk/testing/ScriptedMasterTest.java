package dev.proffer.sdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.protocol.v1.TaskState;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.RecordingScheduler;
import dev.proffer.sdk.TaskSpec;
import org.junit.jupiter.api.Test;

class ScriptedMasterTest {
    private final RecordingScheduler scheduler = new RecordingScheduler();
    private final ScriptedMaster master = new ScriptedMaster(scheduler);

    @Test
    void refusesTasksThatUseMoreThanTheOfferHoldsAsAMasterDoes() {
        scheduler.onOffer = (calls, offer) -> {
            var use = OfferUse.of(offer.toBuilder()
                    .setResources(0, offer.getResources(0).toBuilder().setScalar(doubled(offer)))
                    .build());
            use.launch(TaskSpec.shell("t1", "true").cpus(2));
            calls.accept(use);
        };
        master.start();

        master.offer("agent-1", "cpus:1");

        assertThat(master.launched()).isEmpty();
        assertThat(scheduler.updates).singleElement().satisfies(status -> {
            assertThat(status.getState()).isEqualTo(TaskState.TASK_ERROR);
            assertThat(status.getMessage()).contains("cpus:2", "cpus:1");
        });
    }

    @Test
    void knowsOnlyTasksThatWereLaunched() {
        master.start();

        assertThatThrownBy(() -> master.update("t1", TaskState.TASK_RUNNING))
                .hasMessageContaining("'t1' was never launched");
    }

    private static dev.proffer.protocol.v1.Value.Scalar doubled(dev.proffer.protocol.v1.Offer offer) {
        return dev.proffer.protocol.v1.Value.Scalar.newBuilder()
                .setValue(2 * offer.getResources(0).getScalar().getValue())
                .build();
    }
}
