package dev.proffer.model;

import java.util.Optional;

/**
 * A role: {@code *} or a path such as {@code eng/web}. An ancestor's reservations are visible to its descendants.
 *
 * <p>The syntax is Mesos': no leading, trailing or double slash; no component {@code .}, {@code ..} or {@code *}, none that
 * starts with a dash, none that contains white space or DEL.
 */
public record RolePath(String value) implements Comparable<RolePath> {
    /** The default role of frameworks that name none. It cannot hold reservations. */
    public static final RolePath STAR = new RolePath("*");

    /** @throws IllegalArgumentException if {@code value} breaks the syntax; the message names the rule */
    public RolePath {
        problemWith(value).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Why {@code role} is not a valid role, or nothing if it is one. */
    public static Optional<String> problemWith(String role) {
        if (role.equals("*")) {
            return Optional.empty();
        }
        if (role.isEmpty()) {
            return Optional.of("a role must not be empty");
        }
        if (role.startsWith("/") || role.endsWith("/") || role.contains("//")) {
            return Optional.of("role '" + role + "' must not start or end with '/' nor contain '//'");
        }
        int start = 0;
        while (start <= role.length()) {
            int slash = role.indexOf('/', start);
            int end = slash < 0 ? role.length() : slash;
            var problem = problemWithComponent(role, role.substring(start, end));
            if (problem.isPresent()) {
                return problem;
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<String> problemWithComponent(String role, String component) {
        if (component.equals(".") || component.equals("..") || component.equals("*")) {
            return Optional.of("role '" + role + "' must not contain the component '" + component + "'");
        }
        if (component.startsWith("-")) {
            return Optional.of("role '" + role + "' has a component that starts with '-'");
        }
        for (int i = 0; i < component.length(); i++) {
            char c = component.charAt(i);
            if (c == ' ' || (c >= '\t' && c <= '\r') || c == '\b' || c == 0x7f) {
                return Optional.of("role '" + role + "' must not contain white space, backspace or DEL");
            }
        }
        return Optional.empty();
    }

    /** The role one level up; empty for a top-level role. */
    public Optional<RolePath> parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(new RolePath(value.substring(0, slash)));
    }

    /** The first component: the top-level role of this one's subtree. */
    public RolePath topLevel() {
        int slash = value.indexOf('/');
        return slash < 0 ? this : new RolePath(value.substring(0, slash));
    }

    public boolean isNested() {
        return value.indexOf('/') >= 0;
    }

    /** Whether {@code other} lies strictly below this role. */
    public boolean isAncestorOf(RolePath other) {
        return other.value.length() > value.length()
                && other.value.charAt(value.length()) == '/'
                && other.value.startsWith(value);
    }

    @Override
    public int compareTo(RolePath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
