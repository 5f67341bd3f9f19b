package dev.proffer.master.edge.http.scheduler;

import dev.proffer.master.core.MasterInput;

/** Where a term's schedulers put what they say. Any thread. */
public interface CallInbox {

    /** False when there is no room: the call was not taken. */
    boolean offer(MasterInput call);

    /** Always has room. */
    void put(MasterInput.StreamClosed end);
}
