package dev.proffer.master.core.snapshot;

import dev.proffer.model.AgentId;
import dev.proffer.model.FrameworkId;
import dev.proffer.model.Moment;
import dev.proffer.model.OfferId;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;

/** An offer that has neither been answered nor rescinded. */
public record OfferSnapshot(
        OfferId id, FrameworkId framework, RolePath role, AgentId agent, Resources resources, Moment madeAt) {}
