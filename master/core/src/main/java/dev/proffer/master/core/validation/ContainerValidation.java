package dev.proffer.master.core.validation;

import dev.proffer.protocol.v1.ContainerInfo;
import dev.proffer.protocol.v1.Volume;
import java.util.Optional;

/** A container and its volumes. */
final class ContainerValidation {
    private ContainerValidation() {}

    static Optional<String> problemWith(ContainerInfo container) {
        for (var volume : container.getVolumesList()) {
            var problem = problemWith(volume);
            if (problem.isPresent()) {
                return Optional.of("the volume at '" + volume.getContainerPath() + "': " + problem.get());
            }
        }
        return container.getType() == ContainerInfo.Type.DOCKER ? dockerProblem(container) : Optional.empty();
    }

    private static Optional<String> dockerProblem(ContainerInfo container) {
        if (!container.hasDocker()) {
            return Optional.of("'docker' must be set for a container of type DOCKER");
        }
        return container.getDocker().getParametersList().stream()
                        .anyMatch(parameter -> parameter.getKey().equals("name"))
                ? Optional.of("'docker.parameters' must not have the key 'name'")
                : Optional.empty();
    }

    private static Optional<String> problemWith(Volume volume) {
        int origins = (volume.hasHostPath() ? 1 : 0) + (volume.hasImage() ? 1 : 0) + (volume.hasSource() ? 1 : 0);
        if (origins > 1) {
            return Optional.of("only one of 'host_path', 'image' and 'source' can be set");
        }
        return volume.hasSource() ? problemWith(volume.getSource()) : Optional.empty();
    }

    private static Optional<String> problemWith(Volume.Source source) {
        return switch (source.getType()) {
            case DOCKER_VOLUME -> required("docker_volume", source.hasDockerVolume());
            case SANDBOX_PATH -> required("sandbox_path", source.hasSandboxPath());
            case HOST_PATH -> required("host_path", source.hasHostPath());
            case SECRET ->
                required("secret", source.hasSecret()).or(() -> CommandValidation.problemWith(source.getSecret()));
            case CSI_VOLUME ->
                required("csi_volume", source.hasCsiVolume())
                        .or(() -> required(
                                "csi_volume.static_provisioning",
                                source.getCsiVolume().hasStaticProvisioning()));
            case UNKNOWN -> Optional.of("'source.type' must be set to a type that exists");
        };
    }

    private static Optional<String> required(String field, boolean present) {
        return present ? Optional.empty() : Optional.of("'source." + field + "' must be set for its type");
    }
}
