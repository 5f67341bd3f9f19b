package dev.proffer.master.edge.policy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each object as it was when it was last valid. */
final class LastGood<T extends HasMetadata> {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private Map<String, T> byKey = Map.of();

    /** The objects that are valid; for others what they were before, if they ever were. */
    List<T> mend(List<T> objects, Predicate<T> isValid) {
        var good = new HashMap<String, T>();
        var mended = new ArrayList<T>();
        for (var object : objects) {
            var key = object.getMetadata().getNamespace() + "/"
                    + object.getMetadata().getName();
            var counts = isValid.test(object) ? object : byKey.get(key);
            if (counts == null) {
                LOG.warn("{} {} is not valid and counts for nothing", object.getKind(), key);
                continue;
            }
            if (!isValid.test(object)) {
                LOG.warn("{} {} is not valid: it counts as it was before", object.getKind(), key);
            }
            good.put(key, counts);
            mended.add(counts);
        }
        byKey = good;
        return mended;
    }
}
