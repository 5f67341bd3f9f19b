package dev.proffer.crds.common;

/** Rules in CEL that several kinds share, each with the sentence that says how to obey it. */
public final class Rules {
    public static final int ROLE_LENGTH = 253;
    public static final int NAME_LENGTH = 253;
    public static final int DURATION_LENGTH = 32;

    private static final String NAMED_ROLE_RULE =
            "self.split('/').all(c, c != '' && c != '.' && c != '..' && c != '*' && !c.startsWith('-')"
                    + " && !c.matches('[\\\\s\\\\x08\\\\x7f]'))";

    private static final String ROLE_SYNTAX =
            "write a path such as eng/web: no component may be empty, '.', '..' or '*', start with '-' or contain white space";

    /** A role, the default one included. */
    public static final String ROLE = "self == '*' || " + NAMED_ROLE_RULE;

    public static final String ROLE_MESSAGE = "\"'\" + self + \"' is not a role; " + ROLE_SYNTAX + "\"";

    /** A role that can have quota and reservations: not the default one. */
    public static final String NAMED_ROLE = NAMED_ROLE_RULE;

    public static final String NAMED_ROLE_MESSAGE =
            "\"'\" + self + \"' is not a role that can be given resources; " + ROLE_SYNTAX + "\"";

    /** The name of an object: whatever a tenant writes, nothing else can be asked of the API server by it. */
    public static final String OBJECT_NAME = "self.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')";

    public static final String OBJECT_NAME_MESSAGE =
            "\"'\" + self + \"' is not the name of an object; use lower-case letters, digits, dashes and dots\"";

    /** An amount: a quantity that is not negative. */
    public static final String AMOUNT = "isQuantity(string(self)) && !quantity(string(self)).isLessThan(quantity('0'))";

    public static final String AMOUNT_MESSAGE =
            "\"'\" + string(self) + \"' is not an amount; write a quantity of at least 0 such as 500m, 2 or 512Mi\"";

    /** A length of time, in the notation of the API server. */
    public static final String DURATION = "self.matches('^([0-9]+(\\\\.[0-9]+)?(h|m|s|ms))+$')";

    public static final String DURATION_MESSAGE =
            "\"'\" + self + \"' is not a length of time; write numbers with units such as 90s, 10m or 1h30m\"";

    public static final String TERM_NEVER_FALLS = "self >= oldSelf";

    public static final String TERM_NEVER_FALLS_MESSAGE =
            "this term is over: the leader of a later one wrote here; only the present leader may";

    public static final String TERM_STAYS = "!has(oldSelf.term) || has(self.term)";

    public static final String TERM_STAYS_MESSAGE = "term must stay: keep it, or write a higher one";

    private Rules() {}
}
