package dev.proffer.master.core.outbox;

import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.OfferId;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskID;

/** Ids as messages carry them. */
public final class WireIds {
    private WireIds() {}

    public static AgentID of(AgentId id) {
        return AgentID.newBuilder().setValue(id.value()).build();
    }

    public static FrameworkID of(FrameworkId id) {
        return FrameworkID.newBuilder().setValue(id.value()).build();
    }

    public static OfferID of(OfferId id) {
        return OfferID.newBuilder().setValue(id.value()).build();
    }

    public static TaskID of(TaskId id) {
        return TaskID.newBuilder().setValue(id.value()).build();
    }
}
