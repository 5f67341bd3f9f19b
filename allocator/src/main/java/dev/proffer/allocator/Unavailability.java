package dev.proffer.allocator;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When an agent's machine goes into maintenance, and for how long; without a duration, for good. */
public record Unavailability(Instant start, Optional<Duration> duration) {}
