package dev.proffer.sdk.session;

import dev.proffer.protocol.v1.FrameworkID;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskStatus;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.sdk.CallFailure;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls, one at a time, and decides what becomes of one that does not get through (the list is in
 * {@link dev.proffer.sdk.Master}). Callable from any thread.
 */
final class Outbound {
    /** What callbacks may leave behind in reports or kills before they return. */
    static final int LIMIT = 10_000;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final MasterLink link;
    private final FrameworkInfo framework;
    private final InstantSource clock;
    private final Books books = new Books();
    private final Queue<Report> reports = new ArrayDeque<>();

    private @Nullable Connection connection;
    private @Nullable String lossReason;
    private boolean tornDown;

    Outbound(MasterLink link, FrameworkInfo framework, InstantSource clock) {
        this.link = link;
        this.framework = framework;
        this.clock = clock;
    }

    private record Connection(FrameworkID frameworkId, String streamId) {}

    /** Takes what is wanted out of the books, while nothing is being sent. */
    <T> T from(Function<Books, T> access) {
        lock.lock();
        try {
            return access.apply(books);
        } finally {
            lock.unlock();
        }
    }

    /** Notes something in the books, while nothing is being sent. */
    void note(Consumer<Books> change) {
        lock.lock();
        try {
            change.accept(books);
        } finally {
            lock.unlock();
        }
    }

    void connected(FrameworkID frameworkId, String streamId) {
        lock.lock();
        try {
            connection = new Connection(frameworkId, streamId);
            lossReason = null;
        } finally {
            lock.unlock();
        }
    }

    void disconnected() {
        lock.lock();
        try {
            connection = null;
            lossReason = null;
            books.allOffersVoid();
        } finally {
            lock.unlock();
        }
    }

    /** Why a call found the stream dead, once. */
    Optional<String> takeLoss() {
        lock.lock();
        try {
            var reason = Optional.ofNullable(lossReason);
            lossReason = null;
            return reason;
        } finally {
            lock.unlock();
        }
    }

    Optional<Report> takeReport() {
        lock.lock();
        try {
            return Optional.ofNullable(reports.poll());
        } finally {
            lock.unlock();
        }
    }

    /** Sends the call and tells whether the master took it. What else there is to tell, is told later. */
    boolean send(Call.Builder unaddressed) {
        lock.lock();
        try {
            return sendLocked(unaddressed);
        } finally {
            lock.unlock();
        }
    }

    private boolean sendLocked(Call.Builder unaddressed) {
        var current = connection;
        if (current == null) {
            failed(unaddressed.buildPartial(), CallFailure.Kind.NOT_SENT, "there is no connection to a master");
            return false;
        }
        var call = unaddressed.setFrameworkId(current.frameworkId()).build();
        if (call.getType() == Call.Type.ACCEPT && !accepting(call)) {
            return false;
        }
        if (call.getType() == Call.Type.DECLINE) {
            books.withdrawn(call.getDecline().getOfferIdsList());
        }
        return switch (link.send(call, current.streamId())) {
            case Reply.Taken() -> true;
            case Reply.Refused(var reason) -> {
                failed(call, CallFailure.Kind.REFUSED, reason);
                yield false;
            }
            case Reply.StreamUnknown(var reason) -> {
                lost(reason);
                failed(call, CallFailure.Kind.NOT_SENT, reason);
                yield false;
            }
            case Reply.Unanswered(var reason) -> {
                lost(reason);
                failed(call, CallFailure.Kind.UNANSWERED, reason);
                yield false;
            }
        };
    }

    /** Offers that are void already are not even tried: the master would only say the same. */
    private boolean accepting(Call call) {
        var offers = call.getAccept().getOfferIdsList();
        if (!books.areOutstanding(offers)) {
            books.withdrawn(offers);
            acceptFailed(call, CallFailure.Kind.NOT_SENT, "an offer is void", TaskStatus.Reason.REASON_INVALID_OFFERS);
            return false;
        }
        books.withdrawn(offers);
        books.launching(Launches.tasks(call));
        return true;
    }

    private void lost(String reason) {
        connection = null;
        lossReason = reason;
        books.allOffersVoid();
        link.wake();
    }

    private void failed(Call call, CallFailure.Kind kind, String reason) {
        switch (call.getType()) {
            case ACCEPT -> acceptFailed(call, kind, reason, TaskStatus.Reason.REASON_MASTER_DISCONNECTED);
            case KILL -> {
                if (kind == CallFailure.Kind.REFUSED || !books.killUnsent(call, LIMIT)) {
                    report(call, kind, reason);
                }
            }
            case DECLINE, REVIVE, SUPPRESS, ACKNOWLEDGE, ACKNOWLEDGE_OPERATION_STATUS, RECONCILE, TEARDOWN -> {
                if (kind == CallFailure.Kind.REFUSED) {
                    report(call, kind, reason);
                }
            }
            case UNKNOWN,
                    SUBSCRIBE,
                    SHUTDOWN,
                    MESSAGE,
                    REQUEST,
                    ACCEPT_INVERSE_OFFERS,
                    DECLINE_INVERSE_OFFERS,
                    RECONCILE_OPERATIONS,
                    UPDATE_FRAMEWORK -> report(call, kind, reason);
        }
    }

    /** Without an answer the tasks may run: they stay known, and are reconciled with the next subscription. */
    private void acceptFailed(Call call, CallFailure.Kind kind, String text, TaskStatus.Reason reason) {
        if (kind != CallFailure.Kind.UNANSWERED) {
            var tasks = Launches.tasks(call);
            books.notLaunched(tasks);
            for (var task : tasks) {
                report(new Report.NotLaunched(
                        Launches.notLaunched(framework, task, reason, "not launched: " + text, clock.instant())));
            }
        }
        if (kind == CallFailure.Kind.REFUSED || Launches.hasOtherOperations(call)) {
            report(call, kind, text);
        }
    }

    private void report(Call call, CallFailure.Kind kind, String reason) {
        report(new Report.Failed(new CallFailure(call, kind, reason)));
    }

    private void report(Report report) {
        if (reports.size() >= LIMIT) {
            throw new IllegalStateException(
                    LIMIT
                            + " calls failed that the scheduler was not told of yet; return from the callback before making more");
        }
        reports.add(report);
        link.wake();
    }

    /** Has the session look at what was left for it. */
    void wake() {
        link.wake();
    }

    /** Asks for the framework's end; without a connection, as soon as there is one. */
    void teardown() {
        lock.lock();
        try {
            books.wantTeardown();
            if (sendLocked(Call.newBuilder().setType(Call.Type.TEARDOWN))) {
                tornDown = true;
                link.wake();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isTornDown() {
        lock.lock();
        try {
            return tornDown;
        } finally {
            lock.unlock();
        }
    }
}
