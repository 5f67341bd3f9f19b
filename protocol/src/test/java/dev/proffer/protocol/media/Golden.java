package dev.proffer.protocol.media;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A message's JSON, written by hand: exactly what goes over the wire. */
record Golden(Message type, Descriptor inMesos, String json) {
    /** One message of each type in each file below {@code golden/}, one a line. */
    static List<Golden> all() {
        var all = new ArrayList<Golden>();
        all.addAll(schedulerCalls());
        all.addAll(schedulerEvents());
        all.addAll(executorCalls());
        all.addAll(executorEvents());
        return all;
    }

    static List<Golden> schedulerCalls() {
        return read(
                "scheduler-calls",
                dev.proffer.protocol.v1.scheduler.Call.getDefaultInstance(),
                org.apache.mesos.v1.scheduler.Protos.getDescriptor().findMessageTypeByName("Call"));
    }

    static List<Golden> schedulerEvents() {
        return read(
                "scheduler-events",
                dev.proffer.protocol.v1.scheduler.Event.getDefaultInstance(),
                org.apache.mesos.v1.scheduler.Protos.getDescriptor().findMessageTypeByName("Event"));
    }

    static List<Golden> executorCalls() {
        return read(
                "executor-calls",
                dev.proffer.protocol.v1.executor.Call.getDefaultInstance(),
                org.apache.mesos.v1.executor.Protos.getDescriptor().findMessageTypeByName("Call"));
    }

    static List<Golden> executorEvents() {
        return read(
                "executor-events",
                dev.proffer.protocol.v1.executor.Event.getDefaultInstance(),
                org.apache.mesos.v1.executor.Protos.getDescriptor().findMessageTypeByName("Event"));
    }

    byte[] bytes() {
        return json.getBytes(UTF_8);
    }

    private static List<Golden> read(String name, Message type, Descriptor inMesos) {
        var resource = "/golden/" + name + ".jsonl";
        try (var stream = Objects.requireNonNull(Golden.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> new Golden(type, inMesos, line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return json.substring(0, Math.min(60, json.length()));
    }
}
