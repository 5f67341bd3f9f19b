package dev.proffer.master.core;

/** One connection of an agent; a reconnect is a new link. Its text is the session of the link's frames. */
public record LinkId(String value) {}
