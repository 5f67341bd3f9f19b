package dev.proffer.frameworks.hello;

import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.sdk.TaskOnAgent;
import java.util.Optional;

/**
 * One of hello's tasks, and how far it is.
 *
 * @param attempt counts from 1; each has an id of its own
 * @param agent where it was launched last
 */
record HelloTask(int number, int attempt, Stage stage, Optional<String> agent) {
    enum Stage {
        WAITING,
        /** The master was asked to launch it; nobody has said yet that it did. */
        LAUNCHED,
        STARTED,
        FINISHED
    }

    static HelloTask waiting(int number) {
        return new HelloTask(number, 1, Stage.WAITING, Optional.empty());
    }

    String id() {
        return attempt == 1 ? "hello-" + number : "hello-" + number + "-again-" + (attempt - 1);
    }

    HelloTask nextAttempt() {
        return new HelloTask(number, attempt + 1, Stage.WAITING, Optional.empty());
    }

    HelloTask launchedOn(String newAgent) {
        return new HelloTask(number, attempt, Stage.LAUNCHED, Optional.of(newAgent));
    }

    HelloTask at(Stage newStage) {
        return new HelloTask(number, attempt, newStage, agent);
    }

    boolean isUnderWay() {
        return stage == Stage.LAUNCHED || stage == Stage.STARTED;
    }

    TaskOnAgent question() {
        return new TaskOnAgent(
                TaskID.newBuilder().setValue(id()).build(),
                agent.map(id -> AgentID.newBuilder().setValue(id).build()));
    }
}
