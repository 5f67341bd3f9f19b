package dev.proffer.operator.plan.template;

import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;

/** Tokens of a pod's ServiceAccount that the kubelet renews, in place of the one that is mounted everywhere. */
public final class TokenVolumes {
    private static final long AN_HOUR = 3600;

    /** The kubelet renews it with a fifth of its time left: it outlasts an API server that is away for an hour. */
    private static final long SIX_HOURS = 6 * AN_HOUR;

    /** Readable by the pod's group. */
    private static final int MODE = 0440;

    private TokenVolumes() {}

    /** A token for the API server, with what else a client of Kubernetes expects beside it. */
    public static Volume forApiServer(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewProjected()
                .withDefaultMode(MODE)
                .addNewSource()
                .withNewServiceAccountToken()
                .withPath("token")
                .withExpirationSeconds(AN_HOUR)
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("kube-root-ca.crt")
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("namespace")
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath("metadata.namespace")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .endSource()
                .endProjected()
                .build();
    }

    /** A token that proves to whoever has that name who the pod is; the API server refuses it. */
    public static Volume forAudience(String name, String audience) {
        return new VolumeBuilder()
                .withName(name)
                .withNewProjected()
                .withDefaultMode(MODE)
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(audience)
                .withPath("token")
                .withExpirationSeconds(SIX_HOURS)
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .build();
    }
}
