package dev.proffer.crds.judgement;

/**
 * A condition, before somebody writes it down with a time.
 *
 * @param type the condition's type
 * @param reason a word for programs, in CamelCase
 * @param message a sentence for people: what is so, and the remedy if it should not be
 */
public record Finding(String type, boolean status, String reason, String message) {
    public static final String READY = "Ready";
    public static final String FEASIBLE = "Feasible";
    public static final String CONFLICT = "Conflict";

    /** The reason of {@link #READY} that an object has which is wrong in itself. */
    public static final String INVALID = "Invalid";
}
