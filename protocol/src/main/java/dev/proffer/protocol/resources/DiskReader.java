package dev.proffer.protocol.resources;

import dev.proffer.model.Disk;
import dev.proffer.model.Disk.PersistentVolume;
import dev.proffer.model.Labels;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Resource.DiskInfo;
import dev.proffer.protocol.v1.Volume;
import java.util.Optional;

/** The source and the persistent volume of a {@code disk} resource. */
final class DiskReader {
    private static final int LONGEST_ID = 255;

    private DiskReader() {}

    static Optional<Disk> read(Resource wire) throws InvalidResourceException {
        if (!wire.hasDisk()) {
            return Optional.empty();
        }
        var rules = Rules.ofResource(wire.getName());
        var info = wire.getDisk();
        rules.refuse(!wire.getName().equals("disk"), "'disk' can only be set on resources named 'disk'");
        rules.refuse(!info.hasSource() && !info.hasPersistence() && !info.hasVolume(), "'disk' is set but empty");
        rules.refuse(
                info.hasVolume() && !info.hasPersistence(),
                "'disk.volume' needs 'disk.persistence': volumes that do not persist are not supported here");
        Optional<Disk.Source> source =
                info.hasSource() ? Optional.of(source(info.getSource(), rules)) : Optional.empty();
        Optional<PersistentVolume> volume = info.hasPersistence() ? Optional.of(volume(info, rules)) : Optional.empty();
        return Optional.of(new Disk(source, volume));
    }

    private static Disk.Source source(DiskInfo.Source wire, Rules rules) throws InvalidResourceException {
        var type = switch (wire.getType()) {
            case PATH -> Disk.SourceType.PATH;
            case MOUNT -> Disk.SourceType.MOUNT;
            case BLOCK -> Disk.SourceType.BLOCK;
            case RAW -> Disk.SourceType.RAW;
            case UNKNOWN ->
                throw rules.violation("'disk.source.type' must be PATH, MOUNT, BLOCK or RAW, but is UNKNOWN");
        };
        boolean rootless = type == Disk.SourceType.BLOCK || type == Disk.SourceType.RAW;
        rules.refuse(
                rootless && (wire.hasPath() || wire.hasMount()),
                "a disk source of type " + type + " must have neither 'path' nor 'mount'");
        return new Disk.Source(
                type,
                root(wire),
                wire.hasVendor() ? Optional.of(wire.getVendor()) : Optional.empty(),
                wire.hasId() ? Optional.of(wire.getId()) : Optional.empty(),
                wire.hasMetadata() ? LabelConversion.read(wire.getMetadata()) : Labels.NONE,
                wire.hasProfile() ? Optional.of(wire.getProfile()) : Optional.empty());
    }

    private static Optional<String> root(DiskInfo.Source wire) {
        if (wire.getType() == DiskInfo.Source.Type.PATH && wire.getPath().hasRoot()) {
            return Optional.of(wire.getPath().getRoot());
        }
        if (wire.getType() == DiskInfo.Source.Type.MOUNT && wire.getMount().hasRoot()) {
            return Optional.of(wire.getMount().getRoot());
        }
        return Optional.empty();
    }

    private static PersistentVolume volume(DiskInfo info, Rules rules) throws InvalidResourceException {
        var id = info.getPersistence().getId();
        checkId(id, rules);
        rules.refuse(!info.hasVolume(), "a persistent volume needs 'disk.volume'");
        var volume = info.getVolume();
        rules.refuse(volume.hasHostPath(), "a persistent volume must not have 'disk.volume.host_path'");
        return new PersistentVolume(
                id,
                info.getPersistence().hasPrincipal()
                        ? Optional.of(info.getPersistence().getPrincipal())
                        : Optional.empty(),
                volume.getContainerPath(),
                volume.getMode() == Volume.Mode.RO);
    }

    /** The id names a folder on the agent, so it must be a plain file name. */
    private static void checkId(String id, Rules rules) throws InvalidResourceException {
        rules.refuse(
                id.isEmpty() || id.length() > LONGEST_ID,
                "'disk.persistence.id' must have 1 to " + LONGEST_ID + " characters, but has " + id.length());
        rules.refuse(
                id.equals(".") || id.equals("..") || id.chars().anyMatch(DiskReader::isUnfitForFileName),
                "'disk.persistence.id' must not be '.' or '..' nor contain slashes or control characters");
    }

    private static boolean isUnfitForFileName(int character) {
        return character == '/' || character == '\\' || Character.isISOControl(character);
    }
}
