package dev.proffer.sdk;

import com.google.protobuf.ByteString;
import dev.proffer.protocol.v1.AgentID;
import dev.proffer.protocol.v1.ExecutorID;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.KillPolicy;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.OperationStatus;
import dev.proffer.protocol.v1.TaskID;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * What a scheduler may ask of the master. Callable from any thread; calls leave one at a time, in the order in which they
 * were made. A method returns once the master has taken the call, or once it is clear that it did not.
 *
 * <p>No method throws because of the network. What becomes of a call that does not get through:
 *
 * <ul>
 *   <li>accept: the offers are void. Each task that was to be launched is reported by {@link Scheduler#onUpdate} as
 *       {@code TASK_DROPPED}. If the master's answer was lost, so that the tasks may run, they are reconciled once the
 *       connection is back, and the answer tells. Other operations are reported by {@link Scheduler#onCallFailed}.
 *   <li>decline: nothing is lost, as offers are void without a connection.
 *   <li>revive, suppress: remembered, and stated anew with the next subscription.
 *   <li>kill: remembered, and sent again with the next subscription, until an update says that the task ended.
 *   <li>acknowledge: nothing is lost, the update comes again.
 *   <li>reconcile: tasks that are asked for are asked for again, with growing intervals, until there is an answer.
 *   <li>teardown: remembered, and sent once the connection is back.
 *   <li>message, shutdown, answers to inverse offers: reported by {@link Scheduler#onCallFailed}.
 * </ul>
 *
 * A call that the master understood but refused is reported by {@link Scheduler#onCallFailed} too, whatever it is.
 */
public interface Master {
    /** Uses an offer as {@code use} says, or declines it if that is empty. */
    void accept(OfferUse use);

    /**
     * Uses several offers of one agent and role at once, or states operations in full.
     *
     * @param filters for what the operations leave over
     */
    void accept(Collection<OfferID> offers, List<Offer.Operation> operations, Filters filters);

    /** Declines with the master's default filter: 5 s. */
    void decline(Collection<Offer> offers);

    /** Declines, and asks not to be offered these resources again for so long. */
    void decline(Collection<Offer> offers, Duration refuse);

    default void decline(Offer offer) {
        decline(List.of(offer));
    }

    /** Wants offers again for these roles (none: all), and forgets what was refused. */
    void revive(String... roles);

    /** Wants no offers for these roles (none: all) until they are revived. */
    void suppress(String... roles);

    /** Ends a task, gently first; with its own grace period. */
    void kill(TaskID task);

    void kill(TaskID task, KillPolicy policy);

    /** Asks what became of these tasks; the answers are updates. */
    void reconcile(Collection<TaskOnAgent> tasks);

    /** Asks for the state of every task of this framework that the master knows. */
    void reconcileAll();

    /** Only where the driver does not do it by itself: see {@link SchedulerConfig#withAcknowledgement}. */
    void acknowledge(TaskStatus status);

    /** Only where the driver does not do it by itself: see {@link SchedulerConfig#withAcknowledgement}. */
    void acknowledge(OperationStatus status);

    void acceptInverse(Collection<OfferID> inverseOffers);

    /** @param ask when the master may ask again */
    void declineInverse(Collection<OfferID> inverseOffers, Duration ask);

    /** Says something to a custom executor. Best effort. */
    void message(AgentID agent, ExecutorID executor, ByteString data);

    /** Ends a custom executor and its tasks. */
    void shutdown(AgentID agent, ExecutorID executor);

    /** Ends the framework: all its tasks are killed, its id is used up, and the driver's {@code run} returns. */
    void teardown();
}
