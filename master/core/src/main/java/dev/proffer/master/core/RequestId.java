package dev.proffer.master.core;

/** An HTTP exchange that waits for its answer, as the core knows it. Unique within a process. */
public record RequestId(long value) {}
