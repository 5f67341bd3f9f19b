package dev.proffer.crds.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What masters know of a secret that clients send by HTTP basic: enough to recognise it, too little to send it. As text it is a
 * line of four words: principal, Framework ({@code -} for none), salt, and {@code SHA-256(salt:secret)} in hexadecimal.
 *
 * <p>The digest is quick to compute on purpose: a secret is long ({@link #SHORTEST_SECRET}), so it cannot be guessed from a
 * digest, and slow digests would let strangers keep a master busy.
 *
 * @param principal whom it proves; of a Framework {@code <namespace>/<username>}
 * @param framework {@code <namespace>/<name>} of the Framework that it belongs to
 * @param salt makes equal secrets look different; no secret itself
 * @param digest in lower-case hexadecimal
 */
public record BasicCredential(String principal, Optional<String> framework, String salt, String digest) {
    /** Characters of a secret, at least. */
    public static final int SHORTEST_SECRET = 16;

    private static final int LONGEST_SECRET = 512;
    private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9._@+-]{1,253}");
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e&&[^:]]{1,400}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final String NONE = "-";

    /** @throws IllegalArgumentException if a part of it cannot be a line's word; the message names no digest */
    public BasicCredential {
        digest = digest.toLowerCase(Locale.ROOT);
        boolean words = WORD.matcher(principal).matches()
                && WORD.matcher(salt).matches()
                && framework
                        .map(WORD::matcher)
                        .map(matcher -> matcher.matches())
                        .orElse(true);
        if (!words || !DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("the credential of '" + principal
                    + "' is not made of a principal, a Framework or '-', a salt, all in printable ASCII without ':', and 64"
                    + " hexadecimal digits");
        }
    }

    /** Of a Framework's own user. */
    public static BasicCredential ofFramework(
            String namespace, String framework, String username, String salt, String secret) {
        var owner = namespace + "/" + framework;
        return new BasicCredential(principal(namespace, username), Optional.of(owner), salt, digest(salt, secret));
    }

    /** Of somebody who is no Framework's. */
    public static BasicCredential of(String principal, String salt, String secret) {
        return new BasicCredential(principal, Optional.empty(), salt, digest(salt, secret));
    }

    /** The principal of a tenant's user: its namespace keeps it apart from those of other tenants. */
    public static String principal(String namespace, String username) {
        return namespace + "/" + username;
    }

    /** Why nobody can be called this. */
    public static Optional<String> usernameProblem(@Nullable String username) {
        return username != null && USERNAME.matcher(username).matches()
                ? Optional.empty()
                : Optional.of("is not 1 to 253 letters, digits or any of ._@+-");
    }

    /** Why this cannot be a secret; does not tell it. */
    public static Optional<String> secretProblem(@Nullable String secret) {
        if (secret == null || secret.length() < SHORTEST_SECRET) {
            return Optional.of("has less than " + SHORTEST_SECRET + " characters, and could be guessed");
        }
        if (secret.length() > LONGEST_SECRET || secret.chars().anyMatch(sign -> sign == ':' || sign < ' ')) {
            return Optional.of("has a ':' or a control character, or more than " + LONGEST_SECRET
                    + " characters, which not every client can send");
        }
        return Optional.empty();
    }

    /** Whether that is the secret; takes as long if it is not. */
    public boolean matches(String secret) {
        return MessageDigest.isEqual(
                digest.getBytes(StandardCharsets.US_ASCII), digest(salt, secret).getBytes(StandardCharsets.US_ASCII));
    }

    /** @throws IllegalArgumentException if it is no such line; the message names no digest */
    public static BasicCredential parse(String line) {
        var words = line.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("a credential has " + words.length
                    + " words, not four: a principal, a Framework or '-', a salt and a digest");
        }
        var framework = words[1].equals(NONE) ? Optional.<String>empty() : Optional.of(words[1]);
        return new BasicCredential(words[0], framework, words[2], words[3]);
    }

    public String line() {
        return String.join(" ", principal, framework.orElse(NONE), salt, digest);
    }

    /** Without the digest. */
    @Override
    public String toString() {
        return "credential of " + principal;
    }

    private static String digest(String salt, String secret) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest((salt + ":" + secret).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
