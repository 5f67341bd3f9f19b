package dev.proffer.operator.framework;

import dev.proffer.crds.framework.BasicAuth;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.framework.BasicSecret;
import dev.proffer.operator.plan.framework.FrameworkProof;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Secrets with tenants' basic credentials. They are read one by one, by name, where that is granted. */
final class BasicSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(BasicSecrets.class);

    private final KubernetesClient client;
    private final RandomGenerator random;

    /** @param random that nobody can foresee */
    BasicSecrets(KubernetesClient client, RandomGenerator random) {
        this.client = client;
        this.random = random;
    }

    FrameworkProof look(Framework framework, BasicAuth basic) {
        try {
            var secret = client.secrets()
                    .inNamespace(framework.getMetadata().getNamespace())
                    .withName(basic.secretName())
                    .get();
            return secret == null ? new FrameworkProof.Missing() : BasicSecret.judge(framework, secret);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new FrameworkProof.Forbidden();
            }
            throw e;
        }
    }

    /** Makes one that is missing. Where that is not granted, it stays missing. */
    FrameworkProof make(Framework framework, BasicAuth basic) {
        var meta = framework.getMetadata();
        try {
            client.resource(BasicSecret.generate(framework, basic.secretName(), random))
                    .create();
            LOG.info("made Secret {} for Framework {}/{}", basic.secretName(), meta.getNamespace(), meta.getName());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new FrameworkProof.Missing();
            }
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
        return look(framework, basic);
    }
}
