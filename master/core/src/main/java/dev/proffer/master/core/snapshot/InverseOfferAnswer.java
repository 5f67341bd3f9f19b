package dev.proffer.master.core.snapshot;

import dev.proffer.model.FrameworkId;
import java.time.Instant;

/** What a framework last said to an inverse offer of the agent's present unavailability. It binds nobody. */
public record InverseOfferAnswer(FrameworkId framework, boolean accepted, Instant at) {}
