package dev.proffer.testing.kubernetes;

import java.nio.file.Path;

/** A Kubernetes that tests may use until it is closed. */
public interface RunningCluster extends AutoCloseable {

    /** As an administrator. */
    Access access();

    /** The {@code kubectl} that goes with it. */
    Path kubectl();

    /** For scratch files. Gone with the cluster. */
    Path folder();

    @Override
    void close();
}
