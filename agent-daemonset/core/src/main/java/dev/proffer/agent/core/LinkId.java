package dev.proffer.agent.core;

/** A connection to a master, or an attempt at one. They are numbered in the order in which they are dialled. */
public record LinkId(long number) {}
