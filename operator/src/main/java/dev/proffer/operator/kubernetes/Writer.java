package dev.proffer.operator.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/** Writes objects: only the fields that are given, which from then on are the operator's; those of others stay. */
public final class Writer {
    /** Of every field that the operator writes. */
    public static final String FIELD_MANAGER = "proffer-operator";

    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();

    private final KubernetesClient client;

    public Writer(KubernetesClient client) {
        this.client = client;
    }

    /** @throws KubernetesClientException if the API server refuses it */
    public void apply(HasMetadata object) {
        client.resource(object).patch(APPLY);
    }

    /** Of the status alone. */
    public void applyStatus(HasMetadata object) {
        client.resource(object).subresource("status").patch(APPLY);
    }

    /** Leaves one that is there as it is. */
    public void createIfMissing(HasMetadata object) {
        try {
            client.resource(object).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /** Its dependents go with it, in the background; the object goes at once. */
    public void delete(HasMetadata object) {
        client.resource(object)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
    }

    /** The object stays until its pods are gone. */
    public void deleteWithPods(HasMetadata object) {
        client.resource(object)
                .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                .delete();
    }
}
