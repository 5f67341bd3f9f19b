package dev.proffer.operator.plan.framework;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.crds.access.ClusterAccess;
import dev.proffer.crds.cluster.Listener.Authentication;
import dev.proffer.crds.cluster.ProfferCluster;
import dev.proffer.crds.framework.BasicAuth;
import dev.proffer.crds.framework.Framework;
import dev.proffer.operator.plan.cluster.Advertised;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * How a scheduler's pods find the master and prove who they are. The environment says where the master is
 * ({@code PROFFER_MASTER}), in which file its CA is ({@code PROFFER_CA_FILE}), and either where a token for it is
 * ({@code PROFFER_TOKEN_FILE}), or which name goes with which file's secret ({@code PROFFER_PRINCIPAL},
 * {@code PROFFER_SECRET_FILE}), and for which roles it asks ({@code PROFFER_ROLES}).
 */
record SchedulerIdentity(List<EnvVar> environment, Volume volume) {
    private static final String VOLUME = "proffer-identity";
    private static final String PATH = "/var/run/secrets/proffer.dev";
    private static final String TOKEN = "token";
    private static final String SECRET = "secret";
    private static final int MODE = 0444;
    private static final long AN_HOUR = 3600;

    static SchedulerIdentity of(Framework framework, ProfferCluster cluster, FrameworkProof proof) {
        BasicAuth basic = framework.getSpec().basicAuth();
        var way = basic == null ? Authentication.Token : Authentication.Basic;
        var listener = ListenerChoice.of(cluster, way);
        var address = Advertised.of(cluster, listener);
        var scheme = listener.tls() ? "https" : "http";
        var environment = new ArrayList<EnvVar>();
        environment.add(variable("PROFFER_MASTER", scheme + "://" + address.host() + ":" + address.port()));
        environment.add(variable("PROFFER_CA_FILE", PATH + "/" + ClusterAccess.TRUST_KEY));
        if (proof instanceof FrameworkProof.Basic(var username, var _)) {
            var principal = BasicCredential.principal(framework.getMetadata().getNamespace(), username);
            environment.add(variable("PROFFER_PRINCIPAL", principal));
            environment.add(variable("PROFFER_SECRET_FILE", PATH + "/" + SECRET));
        } else {
            environment.add(variable("PROFFER_TOKEN_FILE", PATH + "/" + TOKEN));
        }
        environment.add(
                variable("PROFFER_ROLES", String.join(",", framework.getSpec().roles())));
        return new SchedulerIdentity(
                List.copyOf(environment),
                volume(basic == null ? token(cluster) : secret(basic), trust(FrameworkNames.trust(framework))));
    }

    /** Of the volume, in every container. */
    static VolumeMount mount() {
        return new VolumeMountBuilder()
                .withName(VOLUME)
                .withMountPath(PATH)
                .withReadOnly(true)
                .build();
    }

    private static Volume volume(VolumeProjection... sources) {
        return new VolumeBuilder()
                .withName(VOLUME)
                .withNewProjected()
                .withDefaultMode(MODE)
                .withSources(sources)
                .endProjected()
                .build();
    }

    private static VolumeProjection token(ProfferCluster cluster) {
        return new VolumeProjectionBuilder()
                .withNewServiceAccountToken()
                .withAudience(ClusterAccess.audience(cluster))
                .withExpirationSeconds(AN_HOUR)
                .withPath(TOKEN)
                .endServiceAccountToken()
                .build();
    }

    private static VolumeProjection secret(BasicAuth basic) {
        return new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(basic.secretName())
                .addNewItem()
                .withKey(BasicSecret.PASSWORD)
                .withPath(SECRET)
                .endItem()
                .endSecret()
                .build();
    }

    private static VolumeProjection trust(String configMap) {
        return new VolumeProjectionBuilder()
                .withNewConfigMap()
                .withName(configMap)
                .addNewItem()
                .withKey(ClusterAccess.TRUST_KEY)
                .withPath(ClusterAccess.TRUST_KEY)
                .endItem()
                .endConfigMap()
                .build();
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }
}
