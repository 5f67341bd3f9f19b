package dev.proffer.master.edge.agentlink;

import dev.proffer.master.core.MasterInput;

/** Where a term's links put what agents say. Any thread. */
public interface LinkInbox {

    /** False when there is no room: try again when there is. */
    boolean offer(MasterInput input);

    /** Always has room. */
    void put(MasterInput.LinkClosed end);

    /** Runs {@code then} once when there is room; it must not block. */
    void whenRoom(Runnable then);
}
