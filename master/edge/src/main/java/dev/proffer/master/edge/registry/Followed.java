package dev.proffer.master.edge.registry;

import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects of one kind, followed by an informer that is begun anew when it breaks or goes silent. One thread. */
final class Followed<T extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

    private final String kind;
    private final Supplier<SharedIndexInformer<T>> informers;
    private final Function<ListOptions, String> versions;
    private final Watches.Handler<T> handler;
    private final Silence silence = new Silence();
    private SharedIndexInformer<T> informer;

    /** What a silent watch had told, until the next one has told all. */
    private List<T> former = List.of();

    /**
     * @param informers each call makes one
     * @param versions lists with these options, and returns the list's version
     */
    Followed(
            String kind,
            Supplier<SharedIndexInformer<T>> informers,
            Function<ListOptions, String> versions,
            Watches.Handler<T> handler) {
        this.kind = kind;
        this.informers = informers;
        this.versions = versions;
        this.handler = handler;
        this.informer = begin();
    }

    private SharedIndexInformer<T> begin() {
        var begun = informers.get();
        begun.addEventHandler(handler);
        begun.exceptionHandler((_, problem) -> {
            LOG.warn("objects of kind {} cannot be followed, will try again: {}", kind, problem.getMessage());
            return true;
        });
        var _ = begun.start();
        return begun;
    }

    /** Whether all that there are have been told. */
    boolean isKnown() {
        return informer.hasSynced();
    }

    /** To be called often. May block for some seconds. */
    void look(Moment now) {
        tellWhatWent();
        var heard = Optional.ofNullable(informer.lastSyncResourceVersion()).filter(version -> !version.isEmpty());
        if (silence.isNoticed(now, heard, this::newest)) {
            LOG.warn("the watch of kind {} went silent: it begins anew", kind);
            former = List.copyOf(informer.getStore().list());
            informer.stop();
            informer = begin();
        }
    }

    private Optional<String> newest() {
        try {
            return Optional.ofNullable(
                    versions.apply(new ListOptionsBuilder().withLimit(1L).build()));
        } catch (KubernetesClientException unanswered) {
            LOG.warn("objects of kind {} cannot be listed: {}", kind, unanswered.getMessage());
            return Optional.empty();
        }
    }

    private void tellWhatWent() {
        if (!former.isEmpty() && informer.hasSynced()) {
            var present =
                    informer.getStore().list().stream().map(Followed::name).collect(Collectors.toSet());
            former.stream().filter(object -> !present.contains(name(object))).forEach(handler.gone());
            former = List.of();
        }
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    @Override
    public void close() {
        informer.stop();
    }
}
