package dev.proffer.allocator.run;

import dev.proffer.allocator.amounts.Bundle;
import dev.proffer.allocator.books.Agent;
import dev.proffer.allocator.books.Slot;
import dev.proffer.allocator.stages.Stage;

/** Is told what a run does and why not. Must not change anything. */
public interface Witness {
    /** What nobody listens to costs nothing. */
    Witness NONE = new Witness() {
        @Override
        public void passedOver(Agent agent, Slot slot, Obstacle obstacle, Bundle considered, Stage stage) {}

        @Override
        public void offered(Agent agent, Slot slot, Bundle offer) {}

        @Override
        public void finished() {}
    };

    /**
     * The slot gets nothing of what it could see on the agent. The stage has turned to the slot's role.
     *
     * @param considered what the slot could see, or what of it was refused
     */
    void passedOver(Agent agent, Slot slot, Obstacle obstacle, Bundle considered, Stage stage);

    void offered(Agent agent, Slot slot, Bundle offer);

    /** Both stages are over, and what they gave is still given. */
    void finished();
}
