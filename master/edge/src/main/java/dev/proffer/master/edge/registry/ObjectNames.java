package dev.proffer.master.edge.registry;

import dev.proffer.master.core.registry.RegisteredAgent;
import dev.proffer.model.AgentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names for Agent objects: the machine's, for that is what people look for. */
final class ObjectNames {
    private static final int LONGEST = 253;
    private static final int SUFFIX_BYTES = 4;

    private ObjectNames() {}

    /** A name that Kubernetes allows, the host's own if it is one. */
    static String of(RegisteredAgent agent) {
        var allowed = agent.hostname().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
        var trimmed = allowed.replaceAll("\\.[.-]+|-+\\.+", ".").replaceAll("^[.-]+|[.-]+$", "");
        var cut = trimmed.length() > LONGEST ? trimmed.substring(0, LONGEST).replaceAll("[.-]+$", "") : trimmed;
        return cut.isEmpty() ? "agent" : cut;
    }

    /** For one of several agents of a machine. */
    static String distinct(RegisteredAgent agent) {
        var name = of(agent);
        var suffix = "-" + digest(agent.id());
        int room = LONGEST - suffix.length();
        return (name.length() > room ? name.substring(0, room).replaceAll("[.-]+$", "") : name) + suffix;
    }

    private static String digest(AgentId id) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(id.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, SUFFIX_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
