package dev.proffer.cli.commands;

import com.fasterxml.jackson.databind.JsonNode;
import dev.proffer.crds.common.Allocation;
import dev.proffer.crds.common.ResourceAmount;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Values as table cells show them. */
final class Cells {
    private static final int SECONDS_SHOWN = 120;
    private static final int MINUTES_SHOWN = 120;
    private static final int HOURS_SHOWN = 48;

    private Cells() {}

    static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static String held(List<Allocation> allocations, String name) {
        return allocations.stream()
                .filter(allocation -> allocation.name().equals(name))
                .map(allocation -> allocation.amount().toString())
                .findFirst()
                .orElse("");
    }

    static String had(List<ResourceAmount> resources, String name) {
        return resources.stream()
                .filter(resource -> resource.name().equals(name))
                .map(resource -> text(resource.amount()))
                .findFirst()
                .orElse("");
    }

    static Optional<Condition> condition(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }

    /** As kubectl shows ages. */
    static String age(HasMetadata object) {
        var created = object.getMetadata().getCreationTimestamp();
        return created == null ? "" : duration(Duration.between(Instant.parse(created), Instant.now()));
    }

    static String duration(Duration time) {
        if (time.toSeconds() < SECONDS_SHOWN) {
            return Math.max(0, time.toSeconds()) + "s";
        }
        if (time.toMinutes() < MINUTES_SHOWN) {
            return time.toMinutes() + "m";
        }
        return time.toHours() < HOURS_SHOWN ? time.toHours() + "h" : time.toDays() + "d";
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), /* parallel= */ false);
    }

    /** The number of a scalar resource in Mesos' JSON, without a fraction that is none. */
    static String scalar(JsonNode resources, String name) {
        var value = resources.path(name);
        if (value.isMissingNode()) {
            return "";
        }
        double number = value.asDouble();
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
