package dev.proffer.local.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Fabric8's CRUD store, but every change is written to a file before it is answered. */
final class StoringDispatcher extends KubernetesCrudDispatcher {
    private final ObjectFile file;
    private final MockWebServer http;
    private final AtomicLong resourceVersion;

    StoringDispatcher(ObjectFile file, MockWebServer http) {
        this.file = file;
        this.http = http;
        this.resourceVersion = new AtomicLong(file.resourceVersion());
        for (var stored : file.objects()) {
            super.processEvent(stored.path(), getKey(stored.path()), null, read(stored.json()), stored.json());
        }
    }

    private static GenericKubernetesResource read(String json) {
        return Serialization.unmarshal(json, GenericKubernetesResource.class);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        forgetRecordedRequests();
        return super.dispatch(request);
    }

    /** The server keeps every request for tests that ask for it; here nobody does, and the queue would only grow. */
    private void forgetRecordedRequests() {
        try {
            RecordedRequest forgotten;
            do {
                forgotten = http.takeRequest(0, TimeUnit.SECONDS);
            } while (forgotten != null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long requestResourceVersion() {
        return resourceVersion.incrementAndGet();
    }

    @Override
    public void processEvent(
            String path,
            AttributeSet pathAttributes,
            @Nullable AttributeSet oldAttributes,
            @Nullable GenericKubernetesResource resource,
            @Nullable String newState) {
        var before = oldAttributes == null ? null : map.get(oldAttributes);
        super.processEvent(path, pathAttributes, oldAttributes, resource, newState);
        if (before != null) {
            file.remove(read(before).getMetadata().getUid());
        }
        if (newState != null) {
            file.put(read(newState).getMetadata().getUid(), new ObjectFile.Stored(withoutQuery(path), newState));
        }
        file.save(resourceVersion.get());
    }

    private static String withoutQuery(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }
}
