package dev.proffer.master.edge.registry;

import dev.proffer.master.core.MasterEffect.RegistryEffect;

/** Takes what the master wants kept of agents. */
public interface RegistryOutlet extends AutoCloseable {
    /** Any thread; does not block. */
    void accept(RegistryEffect word);

    /** How many agents are to be written. Any thread. */
    int backlog();

    /** What is not written by now stays unwritten: it is the next leader's. */
    @Override
    void close();
}
