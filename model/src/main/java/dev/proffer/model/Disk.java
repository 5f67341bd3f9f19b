package dev.proffer.model;

import java.util.Optional;

/**
 * What is special about a {@code disk} resource: where it comes from, and the persistent volume on it.
 *
 * @param source empty for the agent's root disk
 * @param volume empty for space without a persistent volume
 */
public record Disk(Optional<Source> source, Optional<PersistentVolume> volume) {
    /**
     * A persistent volume.
     *
     * @param id unique per role and agent
     * @param principal who created it
     */
    public record PersistentVolume(String id, Optional<String> principal, String containerPath, boolean readOnly) {}

    /** Where disk space comes from. {@code root} is the path or mount point, empty where it is not known. */
    public record Source(
            SourceType type,
            Optional<String> root,
            Optional<String> vendor,
            Optional<String> id,
            Labels metadata,
            Optional<String> profile) {

        /** Whether the space is one piece: given away whole or not at all, and never merged with another piece. */
        public boolean isIndivisible() {
            return switch (type) {
                case PATH -> false;
                case MOUNT, BLOCK -> true;
                case RAW -> id.isPresent();
            };
        }
    }

    /** The kinds of disk source that Mesos knows. */
    public enum SourceType {
        PATH,
        MOUNT,
        BLOCK,
        RAW
    }

    public Disk {
        if (source.isEmpty() && volume.isEmpty()) {
            throw new IllegalArgumentException("a disk needs a source or a persistent volume");
        }
    }

    boolean isIndivisible() {
        return volume.isPresent() || source.filter(Source::isIndivisible).isPresent();
    }
}
