package dev.proffer.protocol.json;

import com.google.protobuf.Message;

/**
 * Writes messages as Mesos does: names as in the schema, enums by name, bytes in base64, 64-bit integers as numbers, doubles
 * with a fraction, explicit defaults although not set, nothing for other unset fields. Fields come in the order of their
 * numbers. Safe for use by many threads.
 */
public final class JsonWriter {
    /** How much longer JSON is than protobuf, as a first guess. */
    private static final int GROWTH = 4;

    /** @throws IllegalArgumentException if messages of that type are not part of the HTTP APIs */
    public byte[] write(Message message) {
        var plan = JsonSchema.HTTP_APIS.plan(message.getDescriptorForType());
        var wire = message.toByteArray();
        var json = new JsonBuffer(Math.max(64, (int) Math.min((long) GROWTH * wire.length, Integer.MAX_VALUE / 2)));
        new WireToJson(wire, json).message(plan, wire.length);
        return json.toByteArray();
    }
}
