package dev.proffer.operator.plan.cluster;

import dev.proffer.crds.cluster.Images;
import dev.proffer.operator.plan.Release;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which images a cluster runs. */
record ClusterImages(
        String master,
        String agent,
        String holder,
        @Nullable String pullPolicy,
        List<LocalObjectReference> secrets) {
    /** What the cluster names; else the release's, with the tag of the version that the cluster names. */
    static ClusterImages of(@Nullable Images images, @Nullable String version, Release release) {
        var given = images != null ? images : new Images(null, null, null, null, null);
        var policy = given.pullPolicy();
        return new ClusterImages(
                Objects.requireNonNullElseGet(given.master(), () -> tagged(release.masterImage(), version, release)),
                Objects.requireNonNullElseGet(given.agent(), () -> tagged(release.agentImage(), version, release)),
                Objects.requireNonNullElse(given.holder(), release.holderImage()),
                policy == null ? null : policy.name(),
                given.pullSecrets().stream().map(LocalObjectReference::new).toList());
    }

    private static String tagged(String image, @Nullable String version, Release release) {
        if (version == null || version.equals(release.version())) {
            return image;
        }
        int colon = image.lastIndexOf(':');
        boolean hasTag = colon > image.lastIndexOf('/');
        return (hasTag ? image.substring(0, colon) : image) + ":" + version;
    }
}
