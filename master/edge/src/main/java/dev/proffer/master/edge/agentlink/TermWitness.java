package dev.proffer.master.edge.agentlink;

import dev.proffer.protocol.link.TermHolder;

/** Is told which terms agents say they have obeyed. Any thread; must not block. */
@FunctionalInterface
public interface TermWitness {
    void seen(TermHolder accepted);
}
