package dev.proffer.agent.core;

import dev.proffer.protocol.link.Inventory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Cuts what runs on an agent into parts that fit into frames. */
final class InventoryParts {
    /** Well below a frame's 16 MiB, so that one large task more does no harm. */
    private static final int PART_BYTES = 4 << 20;

    private InventoryParts() {}

    /** At least one part; only the last says so. */
    static List<Inventory> of(Frameworks frameworks, Collection<LiveTask> tasks) {
        var parts = new ArrayList<Inventory>();
        var part = Inventory.newBuilder().setLast(false);
        int bytes = 0;
        for (var framework : frameworks.all()) {
            if (bytes > PART_BYTES) {
                parts.add(part.build());
                part = Inventory.newBuilder().setLast(false);
                bytes = 0;
            }
            part.addFrameworks(framework);
            bytes += framework.getSerializedSize();
        }
        for (var task : tasks) {
            if (bytes > PART_BYTES) {
                parts.add(part.build());
                part = Inventory.newBuilder().setLast(false);
                bytes = 0;
            }
            var summary = task.toTask();
            part.addTaskInfos(task.info).addTasks(summary);
            bytes += task.info.getSerializedSize() + summary.getSerializedSize();
        }
        parts.add(part.setLast(true).build());
        return parts;
    }
}
