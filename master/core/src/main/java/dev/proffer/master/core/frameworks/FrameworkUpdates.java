package dev.proffer.master.core.frameworks;

import dev.proffer.master.core.CallValidation.Refusal;
import dev.proffer.master.core.Desk;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.policy.AdmissionRules.Verdict;
import dev.proffer.master.core.validation.FrameworkValidation;
import dev.proffer.model.Moment;
import dev.proffer.protocol.v1.FrameworkInfo;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Optional;

/**
 * UPDATE_FRAMEWORK: a subscribed framework says anew what it is and which offers it wants. The rules are those of SUBSCRIBE,
 * but that user, checkpoint and principal must stay what they are.
 */
public final class FrameworkUpdates {
    private final Books books;
    private final Admissions admissions;
    private final OfferReturns offerReturns;
    private final FrameworkNews news;

    public FrameworkUpdates(Desk desk, Admissions admissions, OfferReturns offerReturns) {
        this.books = desk.books();
        this.admissions = admissions;
        this.offerReturns = offerReturns;
        this.news = new FrameworkNews(desk);
    }

    /** Why the call is refused: with 400 if it is wrong, with 403 if it asks for what is not granted. */
    public Optional<Refusal> problemWith(Framework framework, Call.UpdateFramework call) {
        var subscribe = asSubscribe(framework, call);
        var info = subscribe.getFrameworkInfo();
        var problem = FrameworkValidation.problemWith(info)
                .or(() -> FrameworkValidation.problemWith(subscribe))
                .or(() -> changeProblem(framework.info(), info));
        if (problem.isPresent()) {
            return problem.map(text -> new Refusal(400, text));
        }
        return switch (admissions.judge(info, RoleChoices.roles(info), framework.principal())) {
            case Verdict.Refused(var reason) -> Optional.of(new Refusal(403, reason));
            case Verdict.Admitted _ -> Optional.empty();
        };
    }

    /** Carries out a call that has no problem. */
    public void update(Moment now, Framework framework, Call.UpdateFramework call) {
        var subscribe = asSubscribe(framework, call);
        var before = framework.info();
        framework.update(subscribe.getFrameworkInfo(), RoleChoices.of(subscribe));
        books.changed(now, framework);
        var kept = framework.roles().subscribed();
        offerReturns.rescind(
                now,
                framework.offers().stream()
                        .filter(offer -> !kept.contains(offer.role()))
                        .toList());
        if (!framework.info().equals(before)) {
            news.tellAgents(framework);
        }
    }

    /** Who was authenticated is the principal of a framework that names none. */
    private static Call.Subscribe asSubscribe(Framework framework, Call.UpdateFramework call) {
        var subscribe = Call.Subscribe.newBuilder()
                .setFrameworkInfo(call.getFrameworkInfo())
                .addAllSuppressedRoles(call.getSuppressedRolesList())
                .setOfferConstraints(call.getOfferConstraints());
        if (!call.getFrameworkInfo().hasPrincipal() && framework.info().hasPrincipal()) {
            subscribe.getFrameworkInfoBuilder().setPrincipal(framework.info().getPrincipal());
        }
        return subscribe.build();
    }

    private static Optional<String> changeProblem(FrameworkInfo before, FrameworkInfo after) {
        if (!after.getPrincipal().equals(before.getPrincipal())) {
            return unchangeable("principal", before.getPrincipal());
        }
        if (!after.getUser().equals(before.getUser())) {
            return unchangeable("user", before.getUser());
        }
        return after.getCheckpoint() == before.getCheckpoint()
                ? Optional.empty()
                : unchangeable("checkpoint", Boolean.toString(before.getCheckpoint()));
    }

    private static Optional<String> unchangeable(String field, String value) {
        return Optional.of("'update_framework.framework_info." + field + "' must stay what it is, '" + value + "'");
    }
}
