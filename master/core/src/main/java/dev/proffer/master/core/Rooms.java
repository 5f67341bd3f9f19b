package dev.proffer.master.core;

import dev.proffer.master.core.agents.CapacityChanges;
import dev.proffer.master.core.agents.Departures;
import dev.proffer.master.core.agents.GivingUp;
import dev.proffer.master.core.agents.GoneMarks;
import dev.proffer.master.core.agents.Labelling;
import dev.proffer.master.core.agents.Liveness;
import dev.proffer.master.core.agents.Oblivion;
import dev.proffer.master.core.agents.Recovery;
import dev.proffer.master.core.agents.Sessions;
import dev.proffer.master.core.enforcement.PolicyChanges;
import dev.proffer.master.core.enforcement.PolicyFigures;
import dev.proffer.master.core.enforcement.Teardowns;
import dev.proffer.master.core.enforcement.Withdrawals;
import dev.proffer.master.core.enforcement.WrongOffers;
import dev.proffer.master.core.explanations.Explaining;
import dev.proffer.master.core.frameworks.Admissions;
import dev.proffer.master.core.frameworks.FrameworkUpdates;
import dev.proffer.master.core.frameworks.Heartbeats;
import dev.proffer.master.core.frameworks.Removals;
import dev.proffer.master.core.frameworks.RolePreferences;
import dev.proffer.master.core.frameworks.Subscriptions;
import dev.proffer.master.core.maintenance.Availability;
import dev.proffer.master.core.maintenance.Drains;
import dev.proffer.master.core.maintenance.Wishes;
import dev.proffer.master.core.offers.Answers;
import dev.proffer.master.core.offers.Hoarding;
import dev.proffer.master.core.offers.InverseOffering;
import dev.proffer.master.core.offers.OfferReturns;
import dev.proffer.master.core.offers.Offering;
import dev.proffer.master.core.reservations.Reservations;
import dev.proffer.master.core.tasks.Kills;
import dev.proffer.master.core.tasks.Reconciliation;
import dev.proffer.master.core.tasks.StatusUpdates;
import dev.proffer.master.core.tasks.TaskLosses;
import dev.proffer.master.core.tasks.TaskProgress;

/** The rooms of a master, each given what it needs of the others. */
final class Rooms {
    final OfferReturns returns;
    final Offering offering;
    final Hoarding hoarding;
    final SchedulerCalls schedulerCalls;
    final Subscriptions subscriptions;
    final Heartbeats heartbeats;
    final Removals removals;
    final StatusUpdates statusUpdates;
    final Sessions sessions;
    final CapacityChanges capacityChanges;
    final Liveness liveness;
    final Departures departures;
    final Drains drains;
    final Wishes wishes;
    final Labelling labelling;
    final GoneMarks goneMarks;
    final Oblivion oblivion;
    final GivingUp givingUp;
    final Recovery recovery;
    final PolicyChanges policyChanges;
    final Withdrawals withdrawals;
    final Teardowns teardowns;
    final Reservations reservations;
    final PolicyFigures policyFigures;
    final Explaining explaining;

    Rooms(Desk desk, MasterConfig config, Leadership leadership) {
        var progress = new TaskProgress(desk);
        var reconciliation = new Reconciliation(desk);
        var kills = new Kills(desk, reconciliation);
        var losses = new TaskLosses(desk, progress);
        this.statusUpdates = new StatusUpdates(desk, progress);

        var inverseOffering = new InverseOffering(desk);
        this.returns = new OfferReturns(desk, inverseOffering);
        var answers = new Answers(desk, returns);
        this.hoarding = new Hoarding(desk, returns, config.offerTimeout());
        this.offering = new Offering(desk, inverseOffering, hoarding);

        var preferences = new RolePreferences(desk.books());
        this.heartbeats = new Heartbeats(desk, config.heartbeatInterval());
        this.removals = new Removals(desk, returns, losses);
        var admissions = new Admissions(desk);
        this.subscriptions = new Subscriptions(
                leadership,
                desk,
                admissions,
                returns,
                heartbeats,
                removals,
                config.policy().withdrawalGrace());
        this.teardowns =
                new Teardowns(desk, admissions, removals, config.policy().teardownDelay());

        var availability = new Availability(desk, returns, inverseOffering);
        this.drains = new Drains(desk, kills);
        this.wishes = new Wishes(desk, availability, drains, config.registry().nodeLostTimeout());

        this.labelling = new Labelling(desk, availability, returns);

        this.departures = new Departures(desk, availability, returns, losses);
        this.goneMarks =
                new GoneMarks(desk, departures, availability, config.registry().nodeLostTimeout());
        this.givingUp = new GivingUp(desk, departures, config.registry().removalRate(), config.mostMissedPings());
        this.oblivion = new Oblivion(desk, config.registry().maxAge());
        this.recovery = new Recovery(config.registry(), desk, givingUp, oblivion);
        this.liveness = new Liveness(desk, givingUp, config.agentPingInterval(), config.mostMissedPings());
        this.sessions = new Sessions(leadership, config, desk, kills, departures, wishes, labelling, liveness);

        this.capacityChanges = new CapacityChanges(desk, returns, wishes);

        this.reservations = new Reservations(desk, returns);
        this.policyFigures = new PolicyFigures(desk, reservations);
        this.explaining = new Explaining(desk, admissions);
        this.withdrawals = new Withdrawals(desk, admissions, subscriptions, returns);
        this.policyChanges = new PolicyChanges(
                desk, new WrongOffers(desk, returns), withdrawals, teardowns, labelling, reservations, recovery);
        var called = new SchedulerCalls.Rooms(
                answers,
                inverseOffering,
                preferences,
                kills,
                statusUpdates,
                reconciliation,
                removals,
                new FrameworkUpdates(desk, admissions, returns));
        this.schedulerCalls = new SchedulerCalls(desk.cluster(), called, desk.outbox());
    }
}
