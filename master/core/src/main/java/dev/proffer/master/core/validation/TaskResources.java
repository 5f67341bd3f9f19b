package dev.proffer.master.core.validation;

import dev.proffer.model.Disk;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.RolePath;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.TreeSet;

/** What a task may ask for, of resources that are valid each on its own. */
final class TaskResources {
    private TaskResources() {}

    /** The first problem within the bag. */
    static Optional<String> problemWith(Resources resources) {
        if (resources.isEmpty()) {
            return Optional.of("the task uses no resources");
        }
        return duplicateVolume(resources).or(() -> revocableMix(resources));
    }

    private static Optional<String> duplicateVolume(Resources resources) {
        record Volume(RolePath role, String id) {}
        var seen = new LinkedHashSet<Volume>();
        for (var resource : resources.nonShared()) {
            var volume = resource.disk().flatMap(Disk::volume);
            if (volume.isPresent()
                    && !seen.add(new Volume(
                            resource.reservedRole().orElse(RolePath.STAR),
                            volume.get().id()))) {
                return Optional.of(
                        "the task uses the persistent volume '" + volume.get().id() + "' twice");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> revocableMix(Resources resources) {
        var revocable = new TreeSet<String>();
        resources.revocable().forEach(resource -> revocable.add(resource.name()));
        return resources.stream()
                .filter(resource -> !resource.revocable())
                .map(Resource::name)
                .filter(revocable::contains)
                .findFirst()
                .map(name -> "the task mixes revocable and other resources named '" + name + "'");
    }

    /** Whether {@code needed} is there. A shared volume that was offered can be used any number of times. */
    static boolean isContained(Resources needed, Resources available) {
        return available.contains(needed.nonShared())
                && needed.shared().stream().allMatch(available::contains);
    }
}
