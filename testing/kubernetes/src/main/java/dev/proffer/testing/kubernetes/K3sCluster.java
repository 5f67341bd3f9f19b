package dev.proffer.testing.kubernetes;

import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/** A K3s in a container, where a container engine runs. */
record K3sCluster(K3sContainer container, GivenCluster cluster) implements RunningCluster {
    private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.34.4-k3s1");

    static boolean isPossible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static K3sCluster start(Path kubectl) {
        var container = new K3sContainer(IMAGE);
        container.start();
        return new K3sCluster(container, GivenCluster.of(container.getKubeConfigYaml(), kubectl));
    }

    @Override
    public Access access() {
        return cluster.access();
    }

    @Override
    public Path kubectl() {
        return cluster.kubectl();
    }

    @Override
    public Path folder() {
        return cluster.folder();
    }

    @Override
    public void close() {
        cluster.close();
        container.close();
    }
}
