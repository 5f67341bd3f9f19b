package dev.proffer.master.edge.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices without a poll that a Lease was released or deleted. Nothing depends on it: a watch that is silent only costs time.
 * It ends with its client.
 */
final class LeaseWatch {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);

    private final Runnable free;
    private final AtomicBoolean open = new AtomicBoolean();

    LeaseWatch(Runnable free) {
        this.free = free;
    }

    /** Opens it if it is not open. */
    void ensure(Resource<Lease> lease) {
        if (open.compareAndSet(false, true)) {
            try {
                var _ = lease.watch(new Events());
            } catch (KubernetesClientException refused) {
                open.set(false);
                LOG.debug("the Lease cannot be watched", refused);
            }
        }
    }

    private final class Events implements Watcher<Lease> {
        @Override
        public void eventReceived(Action action, Lease lease) {
            boolean released = lease.getSpec() == null
                    || lease.getSpec().getHolderIdentity() == null
                    || lease.getSpec().getHolderIdentity().isEmpty();
            if (action == Action.DELETED || released) {
                free.run();
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            open.set(false);
        }

        @Override
        public void onClose() {
            open.set(false);
        }
    }
}
