package dev.proffer.operator.plan.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The text of an {@code application.properties}, in the order of its keys. */
final class Properties {
    static final String FILE = "application.properties";

    private static final int HASH_LENGTH = 16;

    private Properties() {}

    static String text(SortedMap<String, String> settings) {
        return settings.entrySet().stream().map(Properties::line).collect(Collectors.joining("\n", "", "\n"));
    }

    /** Changes when the text does: pods that carry it are replaced then. */
    static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String line(Entry<String, String> setting) {
        return setting.getKey() + "=" + escape(setting.getValue());
    }

    private static String escape(String value) {
        var escaped = value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return escaped.startsWith(" ") ? "\\" + escaped : escaped;
    }
}
