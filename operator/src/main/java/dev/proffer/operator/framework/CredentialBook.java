package dev.proffer.operator.framework;

import dev.proffer.crds.access.BasicCredential;
import dev.proffer.operator.plan.cluster.CredentialSecret;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The basic credentials of all Frameworks that masters are to know: gathered where Frameworks are looked at, written where the
 * cluster is. Frameworks are named {@code <namespace>/<name>}. Any thread.
 */
@Singleton
public final class CredentialBook {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final TreeMap<String, List<BasicCredential>> looked = new TreeMap<>();
    private @Nullable Supplier<Set<String>> frameworks;

    /** {@code listener} is to be quick; it may be told on any thread. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** From now on it is known which Frameworks there are. */
    void frameworksAre(Supplier<Set<String>> known) {
        synchronized (this) {
            frameworks = known;
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * What was found out of a Framework.
     *
     * @return whether there is room for it
     */
    boolean put(String framework, List<BasicCredential> credentials) {
        List<BasicCredential> before;
        boolean fits;
        synchronized (this) {
            before = looked.put(framework, List.copyOf(credentials));
            fits = credentials.isEmpty() || CredentialSecret.fitting(looked).containsKey(framework);
        }
        if (!credentials.equals(before)) {
            listeners.forEach(Runnable::run);
        }
        return fits;
    }

    /** A Framework is gone. */
    void drop(String framework) {
        synchronized (this) {
            looked.remove(framework);
        }
        listeners.forEach(Runnable::run);
    }

    /**
     * What masters are to know.
     *
     * @param written what they were told last: of Frameworks that this operator has not looked at yet, it still holds
     */
    public synchronized List<BasicCredential> contents(List<BasicCredential> written) {
        var known = frameworks == null ? null : frameworks.get();
        var all = new TreeMap<String, List<BasicCredential>>(looked);
        if (known != null) {
            all.keySet().retainAll(known);
        }
        for (var credential : written) {
            credential
                    .framework()
                    .filter(framework -> !looked.containsKey(framework))
                    .filter(framework -> known == null || known.contains(framework))
                    .ifPresent(framework -> all.merge(framework, List.of(credential), CredentialBook::both));
        }
        return CredentialSecret.fitting(all).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<BasicCredential> both(List<BasicCredential> some, List<BasicCredential> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
