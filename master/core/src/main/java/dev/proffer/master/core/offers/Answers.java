package dev.proffer.master.core.offers;

import dev.proffer.allocator.AllocatorInput.Refusal;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.snapshot.Counter;
import dev.proffer.master.core.snapshot.OfferSnapshot;
import dev.proffer.model.Moment;
import dev.proffer.model.OfferId;
import dev.proffer.model.Resources;
import dev.proffer.protocol.v1.Filters;
import dev.proffer.protocol.v1.Offer.Operation;
import dev.proffer.protocol.v1.OfferID;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.TaskStatus.Reason;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.List;
import java.util.Optional;

/** ACCEPT and DECLINE. */
public final class Answers {
    private final Cluster cluster;
    private final Books books;
    private final OfferReturns returns;
    private final Authority authority;
    private final Refusals refusals;
    private final Launching launching;

    public Answers(Desk desk, OfferReturns returns) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.returns = returns;
        this.authority = desk.authority();
        this.refusals = new Refusals(cluster, desk.outbox());
        this.launching = new Launching(desk, refusals);
    }

    /** Offers that are gone, or are not the framework's own, are passed over. */
    public void decline(Moment now, Framework framework, Call.Decline call) {
        for (var offer : ownOffers(framework, call.getOfferIdsList())) {
            returns.decline(now, offer, refusal(call.getFilters()));
        }
    }

    /**
     * As in Mesos: offers that cannot be used together are given back without a filter. A master that may not act has
     * rescinded all offers, so it launches nothing.
     */
    public void accept(Moment now, Framework framework, Call.Accept call) {
        switch (OfferChecks.check(call.getOfferIdsList(), framework.id(), cluster.offers()::find)) {
            case OfferChecks.Verdict.Unusable(var problem) -> {
                returns.discard(now, ownOffers(framework, call.getOfferIdsList()));
                var text = authority.isActing() ? problem : problem + "; " + authority.objection(now);
                call.getOperationsList().forEach(operation -> refuse(now, framework, operation, text));
            }
            case OfferChecks.Verdict.Usable(var offers) -> accept(now, framework, offers, call);
        }
    }

    /**
     * Operations act in order on what the ones before left. What none of them used is declined with the call's filter, so an
     * ACCEPT that uses nothing is a DECLINE.
     */
    private void accept(Moment now, Framework framework, List<OfferSnapshot> offers, Call.Accept call) {
        var first = offers.getFirst();
        var agent = cluster.agents().find(first.agent()).orElseThrow();
        var offered = Resources.EMPTY;
        for (var offer : offers) {
            cluster.offers().remove(offer);
            offered = offered.plus(offer.resources());
        }
        var site = new Launching.Site(framework, agent, first.role(), new Remainder(offered));
        call.getOperationsList().forEach(operation -> apply(now, site, operation));
        books.left(now, first, site.remainder().left(), Optional.of(refusal(call.getFilters())));
        books.committed(now, first, site.remainder().used());
        boolean unused = site.remainder().used().isEmpty();
        offers.forEach(_ -> cluster.counters().count(unused ? Counter.OFFERS_DECLINED : Counter.OFFERS_ACCEPTED));
    }

    private void apply(Moment now, Launching.Site site, Operation operation) {
        switch (operation.getType()) {
            case LAUNCH -> launching.launch(now, site, operation);
            case LAUNCH_GROUP -> launching.launchGroup(now, site, operation);
            case RESERVE, UNRESERVE, CREATE, DESTROY, GROW_VOLUME, SHRINK_VOLUME, CREATE_DISK, DESTROY_DISK ->
                refusals.error(
                        site.framework(),
                        operation,
                        Optional.of(site.agent().id()),
                        "Operations of type " + operation.getType() + " are not supported yet");
            case UNKNOWN ->
                refusals.error(
                        site.framework(),
                        operation,
                        Optional.of(site.agent().id()),
                        "'type' must be set to a type of operation that exists");
        }
    }

    private void refuse(Moment now, Framework framework, Operation operation, String problem) {
        tasksOf(operation)
                .forEach(task -> refusals.dropped(
                        now,
                        framework,
                        task,
                        Reason.REASON_INVALID_OFFERS,
                        "The task was launched with invalid offers: " + problem));
        if (!isLaunch(operation)) {
            refusals.error(
                    framework,
                    operation,
                    Optional.empty(),
                    "The operation was attempted with invalid offers: " + problem);
        }
    }

    private static boolean isLaunch(Operation operation) {
        return operation.getType() == Operation.Type.LAUNCH || operation.getType() == Operation.Type.LAUNCH_GROUP;
    }

    private static List<TaskInfo> tasksOf(Operation operation) {
        return switch (operation.getType()) {
            case LAUNCH -> operation.getLaunch().getTaskInfosList();
            case LAUNCH_GROUP -> operation.getLaunchGroup().getTaskGroup().getTasksList();
            case UNKNOWN, RESERVE, UNRESERVE, CREATE, DESTROY, GROW_VOLUME, SHRINK_VOLUME, CREATE_DISK, DESTROY_DISK ->
                List.of();
        };
    }

    private List<OfferSnapshot> ownOffers(Framework framework, List<OfferID> ids) {
        return ids.stream()
                .distinct()
                .flatMap(id -> cluster.offers().find(new OfferId(id.getValue())).stream())
                .filter(offer -> offer.framework().equals(framework.id()))
                .toList();
    }

    /** Absent filters mean the default. */
    private static Refusal refusal(Filters filters) {
        return new Refusal(filters.getRefuseSeconds());
    }
}
