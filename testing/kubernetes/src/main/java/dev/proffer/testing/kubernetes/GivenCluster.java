package dev.proffer.testing.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A cluster that somebody gives: it is left as it was, but for what a test leaves in it. */
record GivenCluster(Access access, Path kubectl, Path folder) implements RunningCluster {

    static GivenCluster of(String kubeconfig, Path kubectl) {
        try {
            var folder = Files.createTempDirectory("proffer-kubernetes-");
            return new GivenCluster(Access.ofKubeconfig(kubeconfig), kubectl, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
