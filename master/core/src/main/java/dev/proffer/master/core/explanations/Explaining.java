package dev.proffer.master.core.explanations;

import dev.proffer.master.core.Desk;
import dev.proffer.master.core.MasterInput.ExplainRequested;
import dev.proffer.master.core.authority.Authority;
import dev.proffer.master.core.books.Books;
import dev.proffer.master.core.cluster.Cluster;
import dev.proffer.master.core.cluster.Framework;
import dev.proffer.master.core.frameworks.Admissions;
import dev.proffer.model.AgentId;
import dev.proffer.model.Moment;
import dev.proffer.model.RolePath;
import java.util.List;
import java.util.Optional;

/** Asks the allocator to rehearse, once for each role, and adds what only the master knows. */
public final class Explaining {
    /** Each role costs a rehearsed pass over the cluster. */
    private static final int MOST_ROLES = 16;

    private final Cluster cluster;
    private final Books books;
    private final Authority authority;
    private final Admissions admissions;

    public Explaining(Desk desk, Admissions admissions) {
        this.cluster = desk.cluster();
        this.books = desk.books();
        this.authority = desk.authority();
        this.admissions = admissions;
    }

    public Explained explain(Moment now, ExplainRequested question) {
        var framework = cluster.frameworks().find(question.framework());
        if (framework.isEmpty()) {
            return new Explained.Unknown("Framework '" + question.framework() + "' is not known here");
        }
        var unknownAgent =
                question.agent().filter(agent -> cluster.agents().find(agent).isEmpty());
        if (unknownAgent.isPresent()) {
            return new Explained.Unknown("Agent '" + unknownAgent.get() + "' is not registered here");
        }
        var subscribed = framework.get().roles().subscribed();
        var foreign = question.role().filter(role -> !subscribed.contains(role));
        if (foreign.isPresent()) {
            return new Explained.Unknown("Framework '" + question.framework() + "' is not in role '" + foreign.get()
                    + "', but in " + subscribed);
        }
        return explain(now, framework.get(), question);
    }

    private Explained explain(Moment now, Framework framework, ExplainRequested question) {
        var roles = question.role().map(List::of).orElse(framework.roles().subscribed());
        return new Explained.Known(
                framework.id(),
                authority.isActing() ? Optional.empty() : Optional.of(authority.objection(now)),
                framework.offers().size(),
                framework.lastOfferedAt(),
                roles.stream()
                        .limit(MOST_ROLES)
                        .map(role -> explain(now, framework, role, question.agent()))
                        .toList(),
                Math.max(0, roles.size() - MOST_ROLES));
    }

    private Explained.OfRole explain(Moment now, Framework framework, RolePath role, Optional<AgentId> agent) {
        return framework.roles().withheld().contains(role)
                ? new Explained.OfRole(role, admissions.roleProblem(framework, role), Optional.empty())
                : new Explained.OfRole(
                        role, Optional.empty(), Optional.of(books.explain(now, framework.id(), role, agent)));
    }
}
