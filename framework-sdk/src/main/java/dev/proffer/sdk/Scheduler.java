package dev.proffer.sdk;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.InverseOffer;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskStatus;
import java.util.List;

/**
 * The part of a framework that decides what to run. Override what you care about; {@link #onOffers} and {@link #onUpdate}
 * you will.
 *
 * <p>All methods are called on the thread that runs the driver, never two at once, so a scheduler needs no locks of its own.
 * While one runs, events wait: the stream to the master is read on, but only some hundred events ahead. A method that throws
 * ends the driver with {@link Termination.Cause#SCHEDULER_FAILED}; the framework then waits for its failover timeout.
 */
public interface Scheduler {
    /** The master knows this framework now: the first time, and again after each break of the connection. */
    default void onSubscribed(Master master, Subscription subscription) {}

    /** The connection broke. All offers are void; the driver subscribes again by itself. Tasks run on. */
    default void onDisconnected(Master master, String reason) {}

    /**
     * Resources to use or to decline. What is neither accepted nor declined when this method returns, the driver declines,
     * unless {@link SchedulerConfig#withUnansweredOffers} says otherwise.
     */
    void onOffers(Master master, List<Offer> offers);

    /** An offer is void before it was answered. */
    default void onOfferRescinded(Master master, OfferID offer) {}

    /**
     * What a task does now. Delivered at least once: the same update may come again, and an answer to reconciliation repeats
     * what is known. When this method returns, the driver acknowledges the update, and only then the next one of this task
     * comes; so keep what must not be lost before you return.
     *
     * <p>A task whose launch did not get through is reported here too, as {@code TASK_DROPPED} ({@code TASK_LOST} without the
     * capability PARTITION_AWARE).
     */
    void onUpdate(Master master, TaskStatus status);

    /** What an operation that was accepted under an id of its own does now. Acknowledged as tasks' updates are. */
    default void onOperationUpdate(Master master, OperationStatus status) {}

    /** Agents are to be vacated for maintenance. Answering is a courtesy, and not answering allowed. */
    default void onInverseOffers(Master master, List<InverseOffer> inverseOffers) {}

    default void onInverseOfferRescinded(Master master, OfferID inverseOffer) {}

    /** What a custom executor says to its scheduler. Best effort. */
    default void onMessage(Master master, AgentID agent, ExecutorID executor, ByteString data) {}

    /** An agent is gone or unreachable. The states of its tasks come as updates; this is for whoever keeps a list of agents. */
    default void onAgentLost(Master master, AgentID agent) {}

    /**
     * A custom executor ended.
     *
     * @param status its wait status, as the operating system told it
     */
    default void onExecutorLost(Master master, AgentID agent, ExecutorID executor, int status) {}

    /** A call did not get through, and nothing else will tell. Which calls end here: see {@link Master}. */
    default void onCallFailed(Master master, CallFailure failure) {
        System.getLogger(Scheduler.class.getName()).log(System.Logger.Level.WARNING, failure);
    }
}
