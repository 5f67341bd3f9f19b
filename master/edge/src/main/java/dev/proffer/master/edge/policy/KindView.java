package dev.proffer.master.edge.policy;

import dev.proffer.model.Moment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesResourceUtil;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds of one kind's objects. A new or changed object holds at once. One that vanished holds on until it was looked
 * for again, and for ever if the kind itself goes: with its CRD, all objects vanish, and nobody wants that to be policy.
 * Now and then what was heard is compared with a fresh list, since a watch may go silent without an error. One thread.
 */
final class KindView<T extends HasMetadata> {
    private static final Logger LOG = LoggerFactory.getLogger(KindView.class);

    /** After a deletion, until it counts. */
    static final Duration SETTLE = Duration.ofSeconds(3);

    /** Between two comparisons with a fresh list. */
    static final Duration COMPARE = Duration.ofMinutes(5);

    /** How long what a list had may take to be heard of. */
    static final Duration LAG = Duration.ofSeconds(10);

    private final String kind;
    private final KindSource<T> source;
    private final NavigableMap<String, T> held = new TreeMap<>();
    private final NavigableMap<String, Long> missingSince = new TreeMap<>();

    private boolean known;
    private long nextComparison = Long.MAX_VALUE;
    private @Nullable Map<String, String> unheard;
    private volatile long confirmedAt;

    KindView(String kind, KindSource<T> source) {
        this.kind = kind;
        this.source = source;
    }

    /** Whether the objects have ever been read. */
    boolean isKnown() {
        return known;
    }

    /** In order of their names. */
    List<T> objects() {
        return List.copyOf(held.values());
    }

    /** Monotonic nanoseconds of the last moment at which what is held was known to be so; 0 if never. Any thread. */
    long confirmedAt() {
        return confirmedAt;
    }

    /** Monotonic nanoseconds at which to look again without being told to. */
    long nextDeadline() {
        return missingSince.values().stream()
                .mapToLong(since -> since + SETTLE.toNanos())
                .reduce(nextComparison, Math::min);
    }

    /** Takes over what is new. May block for some seconds. */
    void look(Moment now) {
        if (!source.isKnown()) {
            return;
        }
        if (!known) {
            known = true;
            confirmed(now);
        }
        takeOver(now);
        if (now.reached(nextComparison)) {
            compare(now);
        }
    }

    private void takeOver(Moment now) {
        var present = new HashSet<String>();
        for (var object : source.objects()) {
            var key = key(object);
            present.add(key);
            missingSince.remove(key);
            var before = held.put(key, object);
            if (before == null || !version(before).equals(version(object))) {
                confirmedAt = now.nanos();
            }
        }
        for (var key : held.keySet()) {
            if (!present.contains(key)) {
                missingSince.putIfAbsent(key, now.nanos());
            }
        }
        forgetSettled(now);
    }

    private void forgetSettled(Moment now) {
        var settled = missingSince.entrySet().stream()
                .filter(missing -> now.nanos() - missing.getValue() >= SETTLE.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        if (settled.isEmpty()) {
            return;
        }
        if (source.stands()) {
            settled.forEach(held::remove);
            settled.forEach(missingSince::remove);
            confirmedAt = now.nanos();
        } else {
            LOG.warn(
                    "{} objects of kind {} vanished with their CRD: what they said stays in force",
                    settled.size(),
                    kind);
            settled.forEach(key -> missingSince.put(key, now.nanos() + COMPARE.toNanos()));
        }
    }

    private void compare(Moment now) {
        var fresh = source.versions();
        if (fresh == null) {
            nextComparison = now.deadline(LAG);
            return;
        }
        var heard = versions(source.objects());
        var suspects = unheard;
        if (heard.equals(fresh)) {
            unheard = null;
            confirmed(now);
        } else if (suspects != null && stillUnheard(heard, suspects)) {
            LOG.warn("the watch of kind {} went silent: it begins anew", kind);
            unheard = null;
            source.restart();
            nextComparison = now.deadline(LAG);
        } else {
            unheard = fresh;
            nextComparison = now.deadline(LAG);
        }
    }

    /** Whether nothing at all was heard of what differed before. */
    private static boolean stillUnheard(Map<String, String> heard, Map<String, String> listed) {
        Set<String> keys = new HashSet<>(listed.keySet());
        keys.addAll(heard.keySet());
        return keys.stream().anyMatch(key -> isOlder(heard.get(key), listed.get(key)));
    }

    private static boolean isOlder(@Nullable String heard, @Nullable String listed) {
        if (heard == null || listed == null) {
            return heard != null || listed != null;
        }
        return Long.parseUnsignedLong(heard) < Long.parseUnsignedLong(listed);
    }

    private void confirmed(Moment now) {
        confirmedAt = now.nanos();
        nextComparison = now.deadline(COMPARE);
    }

    static Map<String, String> versions(Collection<? extends HasMetadata> objects) {
        var versions = new TreeMap<String, String>();
        objects.forEach(object -> versions.put(key(object), version(object)));
        return versions;
    }

    private static String key(HasMetadata object) {
        return object.getMetadata().getNamespace() + "/" + KubernetesResourceUtil.getName(object);
    }

    private static String version(HasMetadata object) {
        return object.getMetadata().getResourceVersion();
    }
}
