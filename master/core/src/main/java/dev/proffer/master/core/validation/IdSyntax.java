package dev.proffer.master.core.validation;

import java.util.Optional;

/** Ids that frameworks choose name folders on agents, so they must be plain file names. */
final class IdSyntax {
    private static final int LONGEST = 255;

    private IdSyntax() {}

    /** As in Mesos' common id rules. {@code field} says in the text what is wrong. */
    static Optional<String> problemWith(String field, String id) {
        if (id.isEmpty()) {
            return Optional.of("'" + field + "' must not be empty");
        }
        if (id.length() > LONGEST) {
            return Optional.of(
                    "'" + field + "' must not be longer than " + LONGEST + " characters, but has " + id.length());
        }
        if (id.equals(".") || id.equals("..")) {
            return Optional.of("'" + field + "' must not be '" + id + "'");
        }
        if (id.chars().anyMatch(IdSyntax::isUnfit)) {
            return Optional.of("'" + field + "' must not contain slashes, backslashes or control characters");
        }
        return Optional.empty();
    }

    private static boolean isUnfit(int character) {
        return character == '/' || character == '\\' || Character.isISOControl(character);
    }
}
