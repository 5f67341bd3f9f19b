package dev.proffer.operator.plan;

/**
 * A condition as it should be, without when it became so.
 *
 * @param reason in CamelCase, for programs
 * @param message a sentence or two for people: what is so, and what to do about it
 */
public record Verdict(String type, Answer answer, String reason, String message) {
    /** The value of a condition. */
    public enum Answer {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Answer(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    public static Verdict yes(String type, String reason, String message) {
        return new Verdict(type, Answer.TRUE, reason, message);
    }

    public static Verdict no(String type, String reason, String message) {
        return new Verdict(type, Answer.FALSE, reason, message);
    }

    public boolean holds() {
        return answer == Answer.TRUE;
    }
}
