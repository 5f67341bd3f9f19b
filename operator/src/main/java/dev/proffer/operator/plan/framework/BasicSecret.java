package dev.proffer.operator.plan.framework;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The Secret that a Framework's {@code basicAuth} names: of type {@code kubernetes.io/basic-auth}, with {@code username} and
 * {@code password}. A {@code previous-password} is good too, so that clients can change theirs one after the other.
 */
public final class BasicSecret {
    static final String TYPE = "kubernetes.io/basic-auth";
    static final String USERNAME = "username";
    static final String PASSWORD = "password";
    static final String PREVIOUS_PASSWORD = "previous-password";

    /** Of randomness: what nobody guesses. */
    private static final int BYTES = 32;

    private BasicSecret() {}

    /** A new one, for a Framework that has none. It is the tenant's, and stays when the Framework goes. */
    public static Secret generate(Framework framework, String name, RandomGenerator random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(framework.getMetadata().getNamespace())
                .addToLabels(Labels.PART_OF, Labels.PRODUCT)
                .endMetadata()
                .withType(TYPE)
                .addToStringData(USERNAME, framework.getMetadata().getName())
                .addToStringData(
                        PASSWORD, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))
                .build();
    }

    /** What it proves. */
    public static FrameworkProof judge(Framework framework, Secret secret) {
        if (!TYPE.equals(secret.getType())) {
            return unusable(secret, "is of type '" + secret.getType() + "', not " + TYPE);
        }
        var username = value(secret, USERNAME);
        var password = value(secret, PASSWORD);
        var previous = value(secret, PREVIOUS_PASSWORD);
        return BasicCredential.usernameProblem(username)
                .map(problem -> unusable(secret, "has a '" + USERNAME + "' that " + problem))
                .or(() -> BasicCredential.secretProblem(password)
                        .map(problem -> unusable(secret, "has a '" + PASSWORD + "' that " + problem)))
                .or(() -> Optional.ofNullable(previous)
                        .flatMap(BasicCredential::secretProblem)
                        .map(problem -> unusable(secret, "has a '" + PREVIOUS_PASSWORD + "' that " + problem)))
                .orElseGet(() -> basic(
                        framework,
                        secret,
                        Objects.requireNonNull(username),
                        Objects.requireNonNull(password),
                        previous));
    }

    /** The Secret's own UID is the salt: unlike any other's, and the same whoever reads it. */
    private static FrameworkProof basic(
            Framework framework, Secret secret, String username, String password, @Nullable String previous) {
        var meta = framework.getMetadata();
        var salt = secret.getMetadata().getUid();
        var credentials = new ArrayList<BasicCredential>();
        credentials.add(BasicCredential.ofFramework(meta.getNamespace(), meta.getName(), username, salt, password));
        if (previous != null) {
            credentials.add(BasicCredential.ofFramework(meta.getNamespace(), meta.getName(), username, salt, previous));
        }
        return new FrameworkProof.Basic(username, credentials);
    }

    private static FrameworkProof unusable(Secret secret, String problem) {
        return new FrameworkProof.Unusable("Secret '%s' %s; correct it, or delete it and the operator makes a new one."
                .formatted(secret.getMetadata().getName(), problem));
    }

    /** Editors end a file with a line break that is no part of its value. */
    private static @Nullable String value(Secret secret, String key) {
        var data = Objects.requireNonNullElse(secret.getData(), Map.<String, String>of());
        var encoded = data.get(key);
        return encoded == null
                ? null
                : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).replaceFirst("\\R$", "");
    }
}
