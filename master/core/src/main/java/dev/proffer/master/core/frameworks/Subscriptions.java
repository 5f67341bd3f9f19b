package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.Leadership;
import dev.proffer.master.core.MasterInput;
import dev.proffer.master.core.StreamId;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.outbox.Events;
import dev.proffer.master.core.outbox.Outbox;
import dev.proffer.master.core.outbox.WireIds;
import dev.proffer.master.core.policy.AdmissionRules;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.timers.Timer;
import dev.proffer.master.core.validation.FrameworkValidation;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.Principal;
import dev.proffer.model.Timers;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import java.time.Duration;
import java.util.Optional;

/**
 * SUBSCRIBE, the stream's end, and what lies between. A framework has one stream; who subscribes last has it. A refused
 * SUBSCRIBE gets a stream as well: its only event is the ERROR that says why.
 */
public final class Subscriptions {
    private final Leadership leadership;
    private final Admissions admissions;
    private final Duration withdrawalGrace;
    private final Cluster cluster;
    private final Books books;
    private final OfferReturns offerReturns;
    private final Heartbeats heartbeats;
    private final Removals removals;
    private final FrameworkNews news;
    private final Authority authority;
    private final Timers<Timer> timers;
    private final Outbox outbox;

    public Subscriptions(
            Leadership leadership,
            Desk desk,
            Admissions admissions,
            OfferReturns offerReturns,
            Heartbeats heartbeats,
            Removals removals,
            Duration withdrawalGrace) {
        this.leadership = leadership;
        this.admissions = admissions;
        this.withdrawalGrace = withdrawalGrace;
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.offerReturns = offerReturns;
        this.heartbeats = heartbeats;
        this.removals = removals;
        this.news = new FrameworkNews(desk);
        this.authority = desk.authority();
        this.timers = desk.timers();
        this.outbox = desk.outbox();
    }

    public void subscribe(Moment now, MasterInput.Subscribe input) {
        if (!admissions.arePossible()) {
            outbox.refuse(input.request(), 503, "This master does not know yet who may subscribe; try again");
            return;
        }
        var subscribe = withPrincipal(input);
        var info = subscribe.getFrameworkInfo();
        outbox.openStream(input.request(), input.stream());
        var known = find(info);
        var problem = FrameworkValidation.problemWith(info)
                .or(() -> removedProblem(info))
                .or(() -> FrameworkValidation.problemWith(subscribe))
                .or(() -> principalProblem(info, input.principal(), known));
        if (problem.isPresent()) {
            refuse(input.stream(), problem.get());
            return;
        }
        switch (admissions.judge(info, RoleChoices.roles(info), input.principal())) {
            case AdmissionRules.Verdict.Refused(var reason) -> refuse(input.stream(), reason);
            case AdmissionRules.Verdict.Admitted(var as) ->
                admitted(now, input, subscribe, known).admit(input.principal(), as);
        }
    }

    private void refuse(StreamId stream, String problem) {
        outbox.send(stream, Events.error(problem));
        outbox.closeStream(stream);
    }

    private Framework admitted(
            Moment now, MasterInput.Subscribe input, Call.Subscribe subscribe, Optional<Framework> known) {
        var framework = known.isPresent()
                ? returned(now, known.get(), subscribe, input.stream())
                : added(now, subscribe, input.stream());
        outbox.send(framework, Events.subscribed(framework.id(), heartbeats.interval(), leadership.info()));
        heartbeats.start(now, framework);
        return framework;
    }

    private Framework added(Moment now, Call.Subscribe subscribe, StreamId stream) {
        var info = subscribe.getFrameworkInfo();
        if (info.getId().getValue().isEmpty()) {
            info = info.toBuilder()
                    .setId(WireIds.of(cluster.frameworks().nextId()))
                    .build();
        }
        var framework = cluster.frameworks().add(info, RoleChoices.of(subscribe), now.wall());
        cluster.frameworks().connect(framework, stream);
        books.added(now, framework);
        cluster.counters().count(Counter.FRAMEWORKS_SUBSCRIBED);
        return framework;
    }

    /** A new scheduler knows neither the offers nor the filters of the one before it, so both are dropped. */
    private Framework returned(Moment now, Framework framework, Call.Subscribe subscribe, StreamId stream) {
        if (framework.isConnected()) {
            framework.stream().ifPresent(old -> {
                outbox.send(old, Events.error("The framework failed over: another scheduler subscribed with its id"));
                outbox.closeStream(old);
            });
            books.deactivated(now, framework);
            offerReturns.discardAll(now, framework);
        }
        timers.cancel(new Timer.FailoverTimeout(framework.id()));
        var before = framework.info();
        framework.update(keptFields(before, subscribe.getFrameworkInfo()), RoleChoices.of(subscribe));
        cluster.frameworks().reconnect(framework, stream, now.wall());
        books.changed(now, framework);
        books.activated(now, framework);
        if (!framework.info().equals(before)) {
            news.tellAgents(framework);
        }
        cluster.counters().count(Counter.FRAMEWORKS_FAILED_OVER);
        return framework;
    }

    /** As in Mesos: user and checkpoint stay what they were, without a word. */
    private static FrameworkInfo keptFields(FrameworkInfo before, FrameworkInfo after) {
        var kept = after.toBuilder().setUser(before.getUser()).clearCheckpoint();
        if (before.hasCheckpoint()) {
            kept.setCheckpoint(before.getCheckpoint());
        }
        return kept.build();
    }

    /** A stream that was replaced before it ended is nobody's any more. */
    public void streamClosed(Moment now, StreamId stream) {
        cluster.frameworks().find(stream).ifPresent(framework -> disconnect(now, framework, Duration.ZERO));
    }

    /** The framework is not admitted any more. It may come back as after a failover, once it is again. */
    public void expel(Moment now, Framework framework, String problem) {
        framework.stream().ifPresent(stream -> refuse(stream, problem));
        disconnect(now, framework, withdrawalGrace);
    }

    /** @param leastTimeout for which it is not removed, whatever it said */
    private void disconnect(Moment now, Framework framework, Duration leastTimeout) {
        cluster.frameworks().disconnect(framework);
        heartbeats.stop(framework);
        books.deactivated(now, framework);
        offerReturns.discardAll(now, framework);
        var asked = admissions.failoverTimeout(framework);
        var timeout = asked.compareTo(leastTimeout) < 0 ? leastTimeout : asked;
        if (timeout.isPositive() || !authority.isActing()) {
            timers.set(new Timer.FailoverTimeout(framework.id()), now.deadline(timeout));
        } else {
            removals.remove(now, framework);
        }
    }

    private Optional<Framework> find(FrameworkInfo info) {
        var id = info.getId().getValue();
        return id.isEmpty() ? Optional.empty() : cluster.frameworks().find(new FrameworkId(id));
    }

    private Optional<String> removedProblem(FrameworkInfo info) {
        var id = info.getId().getValue();
        return !id.isEmpty() && cluster.frameworks().completed().contains(new FrameworkId(id))
                ? Optional.of("Framework '" + id + "' has been removed; subscribe without an id to get a new one")
                : Optional.empty();
    }

    private static Optional<String> principalProblem(
            FrameworkInfo info, Optional<Principal> who, Optional<Framework> known) {
        var proved = known.flatMap(Framework::principal);
        if (proved.isPresent() && !proved.map(Principal::name).equals(who.map(Principal::name))) {
            return Optional.of("Framework '" + info.getId().getValue() + "' belongs to '" + proved.get()
                    + "'; subscribe with its credentials, or without an id");
        }
        return known.map(Framework::info)
                .filter(before -> !before.getPrincipal().equals(info.getPrincipal()))
                .map(before -> "'FrameworkInfo.principal' of framework '"
                        + before.getId().getValue() + "' must stay what it is, '" + before.getPrincipal() + "'");
    }

    /** Who was authenticated is the principal of a framework that names none. */
    private static Call.Subscribe withPrincipal(MasterInput.Subscribe input) {
        var subscribe = input.call().getSubscribe();
        if (subscribe.getFrameworkInfo().hasPrincipal() || input.principal().isEmpty()) {
            return subscribe;
        }
        var completed = subscribe.toBuilder();
        completed.getFrameworkInfoBuilder().setPrincipal(input.principal().get().name());
        return completed.build();
    }
}
