package dev.proffer.sdk.example;

import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.TaskState;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.sdk.Master;
import dev.proffer.sdk.OfferUse;
import dev.proffer.sdk.Scheduler;
import dev.proffer.sdk.SchedulerConfig;
import dev.proffer.sdk.TaskSpec;
import dev.proffer.sdk.driver.SchedulerDriver;
import java.util.List;

final class OneTask implements Scheduler {
    private boolean launched;

    @Override
    public void onOffers(Master master, List<Offer> offers) {
        for (var offer : offers) {
            var use = OfferUse.of(offer);
            var task = TaskSpec.shell("greeting", "echo hello").cpus(0.1).mem(32);
            launched = launched || use.launch(task); // False where the offer is too small.
            master.accept(use); // What it does not use goes back.
        }
    }

    @Override
    public void onUpdate(Master master, TaskStatus status) {
        System.out.println(status.getTaskId().getValue() + " is " + status.getState());
        if (status.getState() == TaskState.TASK_FINISHED) {
            master.teardown();
        }
    }

    public static void main(String[] masters) {
        try (var driver = new SchedulerDriver(new OneTask(), SchedulerConfig.of("one-task", masters))) {
            System.out.println("ended: " + driver.run());
        }
    }
}
