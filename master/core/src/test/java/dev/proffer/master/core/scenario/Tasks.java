package dev.proffer.master.core.scenario;

import dev.proffer.model.Resources;
import dev.proffer.protocol.resources.ReservationFormat;
import dev.proffer.protocol.resources.ResourceWriter;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskInfo;
import java.util.List;
import java.util.Optional;

/** Tasks and operations as schedulers write them. */
public final class Tasks {
    private Tasks() {}

    public static List<Resource> resources(String text) {
        return ResourceWriter.write(Resources.parse(text), ReservationFormat.REFINED, Optional.empty());
    }

    public static TaskInfo.Builder taskBuilder(String id, Offer offer, String resources) {
        var task = TaskInfo.newBuilder().setName(id).setAgentId(offer.getAgentId());
        task.getTaskIdBuilder().setValue(id);
        task.addAllResources(resources(resources));
        task.getCommandBuilder().setValue("echo hello");
        return task;
    }

    public static TaskInfo task(String id, Offer offer, String resources) {
        return taskBuilder(id, offer, resources).build();
    }

    /** On all that the offer holds, reserved or not. */
    public static TaskInfo wholeOffer(String id, Offer offer) {
        var task = TaskInfo.newBuilder().setName(id).setAgentId(offer.getAgentId());
        task.getTaskIdBuilder().setValue(id);
        task.getCommandBuilder().setValue("echo hello");
        return task.addAllResources(offer.getResourcesList()).build();
    }

    public static Offer.Operation launch(TaskInfo... tasks) {
        return Offer.Operation.newBuilder()
                .setType(Offer.Operation.Type.LAUNCH)
                .setLaunch(Offer.Operation.Launch.newBuilder().addAllTaskInfos(List.of(tasks)))
                .build();
    }
}
