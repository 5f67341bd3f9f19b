package dev.proffer.protocol.resources;

/** Refuses a resource or an attribute, naming it. */
record Rules(String subject) {
    static Rules ofResource(String name) {
        return new Rules("resource '" + name + "'");
    }

    static Rules ofAttribute(String name) {
        return new Rules("attribute '" + name + "'");
    }

    void refuse(boolean broken, String rule) throws InvalidResourceException {
        if (broken) {
            throw violation(rule);
        }
    }

    InvalidResourceException violation(String rule) {
        return new InvalidResourceException("Invalid " + subject + ": " + rule);
    }
}
