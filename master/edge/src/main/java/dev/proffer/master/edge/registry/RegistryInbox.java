package dev.proffer.master.edge.registry;

import dev.proffer.master.core.MasterInput;

/** Where the registry tells the master something. */
@FunctionalInterface
public interface RegistryInbox {
    /** Any thread. False when there is no room: it is told again later. */
    boolean offer(MasterInput input);
}
