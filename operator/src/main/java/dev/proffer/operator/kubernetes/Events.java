package dev.proffer.operator.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kubernetes' events of objects: what {@code kubectl describe} shows. One that cannot be written is a line of the log. */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** The API server takes no longer ones. */
    private static final int LONGEST_NOTE = 1024;

    private final SplittableRandom random = new SplittableRandom();
    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;

    /** @param instance tells operators apart: the pod's name */
    public Events(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    /** Something went as it should. */
    public void normal(HasMetadata object, String reason, String note) {
        write(object, "Normal", reason, note);
    }

    /** Somebody should look. */
    public void warning(HasMetadata object, String reason, String note) {
        write(object, "Warning", reason, note);
    }

    /** Reconcilers run side by side. */
    private synchronized long nextId() {
        return random.nextLong();
    }

    private void write(HasMetadata object, String type, String reason, String note) {
        var meta = object.getMetadata();
        var event = new EventBuilder()
                .withNewMetadata()
                .withName(meta.getName() + "." + HexFormat.of().toHexDigits(nextId()))
                .withNamespace(meta.getNamespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICROS.format(clock.instant())))
                .withType(type)
                .withReason(reason)
                .withAction("Reconcile")
                .withNote(note.length() <= LONGEST_NOTE ? note : note.substring(0, LONGEST_NOTE))
                .withReportingController("proffer.dev/operator")
                .withReportingInstance(instance)
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(object.getApiVersion())
                        .withKind(object.getKind())
                        .withName(meta.getName())
                        .withNamespace(meta.getNamespace())
                        .withUid(meta.getUid())
                        .withResourceVersion(meta.getResourceVersion())
                        .build())
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            LOG.info("{} {}: {} ({})", object.getKind(), meta.getName(), note, reason, e);
        }
    }
}
