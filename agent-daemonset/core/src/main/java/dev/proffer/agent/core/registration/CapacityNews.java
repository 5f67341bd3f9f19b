package dev.proffer.agent.core.registration;

import dev.proffer.agent.core.Capacity;
import dev.proffer.protocol.link.Hello;
import dev.proffer.protocol.link.UpdateCapacity;
import java.util.Optional;

/** What this agent can offer, and what the master of the present link was told of it. */
final class CapacityNews {
    private Capacity present;
    private Capacity told;

    CapacityNews(Capacity configured) {
        this.present = configured;
        this.told = configured;
    }

    Capacity present() {
        return present;
    }

    void change(Capacity capacity) {
        present = capacity;
    }

    void tell(Hello.Builder hello) {
        told = present;
        hello.addAllProblems(present.problems());
        hello.getInfoBuilder().clearResources().addAllResources(present.resources());
    }

    /** What the master has to be told, if anything changed since. It counts as told then. */
    Optional<UpdateCapacity> untold() {
        if (present.equals(told)) {
            return Optional.empty();
        }
        told = present;
        return Optional.of(UpdateCapacity.newBuilder()
                .addAllResources(present.resources())
                .addAllProblems(present.problems())
                .build());
    }
}
