package dev.proffer.master.core.cluster;

import dev.proffer.master.core.StreamId;
import dev.proffer.master.core.policy.ObjectName;
import dev.proffer.master.core.snapshot.FrameworkSnapshot;
import dev.proffer.master.core.snapshot.FrameworkSnapshot.State;
import dev.proffer.master.core.snapshot.InverseOfferSnapshot;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.master.core.snapshot.TaskSnapshot;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.OfferId;
import dev.proffer.model.Principal;
import dev.proffer.model.TaskId;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A framework that is not removed, with its tasks and offers. */
public final class Framework {
    private final FrameworkId id;
    private final Instant registeredAt;
    private final LinkedHashMap<Task.Placement, Task> tasks = new LinkedHashMap<>();
    private final LinkedHashMap<TaskId, Task> tasksById = new LinkedHashMap<>();
    private final LinkedHashMap<OfferId, OfferSnapshot> offers = new LinkedHashMap<>();
    private final LinkedHashMap<OfferId, InverseOfferSnapshot> inverseOffers = new LinkedHashMap<>();
    private final Remembered<TaskId, TaskSnapshot> unreachableTasks;
    private final Recent<TaskSnapshot> completedTasks;
    private Identity identity;
    private RoleChoice roles;
    private State state = State.RECOVERED;
    private Admitted admitted = Admitted.NOBODY;
    private @Nullable StreamId stream;
    private @Nullable Instant reregisteredAt;
    private @Nullable Instant lastOfferedAt;
    private @Nullable FrameworkSnapshot snapshot;

    Framework(FrameworkInfo info, RoleChoice roles, Instant registeredAt, Limits limits) {
        this.id = new FrameworkId(info.getId().getValue());
        this.identity = Identity.of(info);
        this.roles = roles;
        this.registeredAt = registeredAt;
        this.unreachableTasks = new Remembered<>(limits.unreachableTasks);
        this.completedTasks = new Recent<>(limits.completedTasks);
    }

    /** How many of its past tasks are remembered. */
    record Limits(int completedTasks, int unreachableTasks) {}

    /** What it said of itself, and what follows. */
    private record Identity(FrameworkInfo info, Capabilities capabilities) {
        static Identity of(FrameworkInfo info) {
            return new Identity(info, Capabilities.of(info));
        }
    }

    /** Who subscribed, and as what; nobody as long as an agent's word is all that is known. */
    private record Admitted(Optional<Principal> principal, Optional<ObjectName> as) {
        static final Admitted NOBODY = new Admitted(Optional.empty(), Optional.empty());
    }

    public FrameworkId id() {
        return id;
    }

    /** As it subscribed, with its id. */
    public FrameworkInfo info() {
        return identity.info;
    }

    public Capabilities capabilities() {
        return identity.capabilities;
    }

    public RoleChoice roles() {
        return roles;
    }

    /** Agents run its tasks, but it has not subscribed in this term. */
    public boolean isRecovered() {
        return state == State.RECOVERED;
    }

    /** Who was authenticated when it subscribed last. */
    public Optional<Principal> principal() {
        return admitted.principal;
    }

    /** The Framework object that admitted it. */
    public Optional<ObjectName> admittedAs() {
        return admitted.as;
    }

    /** The namespace of its Framework object, or of the service account that it is without one. */
    public Optional<String> namespace() {
        return admitted.as
                .map(ObjectName::namespace)
                .or(() ->
                        admitted.principal.flatMap(Principal::serviceAccount).map(Principal.ServiceAccount::namespace));
    }

    public void admit(Optional<Principal> principal, Optional<ObjectName> as) {
        admitted = new Admitted(principal, as);
        snapshot = null;
    }

    /** When it was last made an offer, in this term. */
    public Optional<Instant> lastOfferedAt() {
        return Optional.ofNullable(lastOfferedAt);
    }

    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** Connected, and without an offer to answer. */
    public boolean isWaiting() {
        return isConnected() && offers.isEmpty();
    }

    public Optional<StreamId> stream() {
        return Optional.ofNullable(stream);
    }

    /** Should an agent have brought back a second task of that id, the one that was known first. */
    public Optional<Task> task(TaskId task) {
        return Optional.ofNullable(tasksById.get(task));
    }

    public Collection<Task> tasks() {
        return Collections.unmodifiableCollection(tasks.values());
    }

    public Collection<OfferSnapshot> offers() {
        return Collections.unmodifiableCollection(offers.values());
    }

    public Collection<InverseOfferSnapshot> inverseOffers() {
        return Collections.unmodifiableCollection(inverseOffers.values());
    }

    public Remembered<TaskId, TaskSnapshot> unreachableTasks() {
        return unreachableTasks;
    }

    public void update(FrameworkInfo info, RoleChoice choice) {
        identity = Identity.of(info);
        roles = choice;
        snapshot = null;
    }

    public void choose(RoleChoice choice) {
        roles = choice;
        snapshot = null;
    }

    void connect(StreamId newStream) {
        stream = newStream;
        state = State.CONNECTED;
        snapshot = null;
    }

    void reconnect(StreamId newStream, Instant at) {
        connect(newStream);
        reregisteredAt = at;
    }

    void disconnect() {
        stream = null;
        state = State.DISCONNECTED;
        snapshot = null;
    }

    void add(Task task) {
        tasks.put(task.placement(), task);
        tasksById.putIfAbsent(task.id(), task);
    }

    void remove(Task task) {
        tasks.remove(task.placement());
        tasksById.remove(task.id(), task);
    }

    void add(OfferSnapshot offer) {
        offers.put(offer.id(), offer);
        lastOfferedAt = offer.madeAt().wall();
    }

    void remove(OfferSnapshot offer) {
        offers.remove(offer.id());
    }

    void add(InverseOfferSnapshot offer) {
        inverseOffers.put(offer.id(), offer);
    }

    void remove(InverseOfferSnapshot offer) {
        inverseOffers.remove(offer.id());
    }

    void completed(TaskSnapshot task) {
        completedTasks.add(task);
        snapshot = null;
    }

    void unreachable(TaskSnapshot task) {
        unreachableTasks.put(task.id(), task);
        snapshot = null;
    }

    /** The task's agent is back. */
    public Optional<TaskSnapshot> noLongerUnreachable(TaskId task) {
        snapshot = null;
        return unreachableTasks.remove(task);
    }

    /** Nobody waits for the tasks on unreachable agents any more: each becomes history with the status that is made for it. */
    public void abandonUnreachable(Function<TaskSnapshot, TaskStatus> lastStatus) {
        for (var task : List.copyOf(unreachableTasks.all())) {
            writeOff(task, lastStatus.apply(task));
        }
    }

    /** The unreachable task will not come back: it is history. */
    public void writeOff(TaskSnapshot task, TaskStatus last) {
        unreachableTasks.remove(task.id());
        completed(task.ended(last));
    }

    public FrameworkSnapshot snapshot() {
        var current = snapshot;
        if (current == null) {
            current = view(state, Optional.empty());
            snapshot = current;
        }
        return current;
    }

    /** As it is kept after its removal. */
    FrameworkSnapshot removedAt(Instant at) {
        return view(State.REMOVED, Optional.of(at));
    }

    private FrameworkSnapshot view(State shown, Optional<Instant> unregisteredAt) {
        return new FrameworkSnapshot(
                id,
                identity.info,
                admitted.as,
                shown,
                roles.subscribed(),
                roles.suppressed(),
                registeredAt,
                Optional.ofNullable(reregisteredAt),
                unregisteredAt,
                List.copyOf(unreachableTasks.all()),
                completedTasks.all());
    }
}
