package dev.proffer.master.core;

/** A subscriber's event stream: the value of {@code Mesos-Stream-Id}, at most 128 bytes, made by the edge. */
public record StreamId(String value) {}
