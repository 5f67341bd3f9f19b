package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.model.Items;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.Scalar;
import dev.proffer.model.Value;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Resources as Mesos' state documents show them: one key per name, reservations summed up, revocable amounts under a key of
 * their own.
 */
final class ResourcesJson {
    private static final List<String> ALWAYS_THERE = List.of("cpus", "gpus", "mem", "disk");

    private ResourcesJson() {}

    static void write(JsonGenerator json, String field, Resources resources) throws IOException {
        var values = new TreeMap<String, Value>();
        ALWAYS_THERE.forEach(name -> values.put(name, Scalar.ZERO));
        for (var resource : resources) {
            values.merge(key(resource), resource.value(), ResourcesJson::sum);
        }
        json.writeObjectFieldStart(field);
        for (var entry : values.entrySet()) {
            writeValue(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static String key(Resource resource) {
        return resource.revocable() ? resource.name() + "_revocable" : resource.name();
    }

    /** One name may have values of two kinds on one agent; the first kind is shown. */
    private static Value sum(Value first, Value second) {
        return first.getClass() == second.getClass() ? first.plus(second) : first;
    }

    static void writeValue(JsonGenerator json, String field, Value value) throws IOException {
        switch (value) {
            case Scalar scalar -> writeNumber(json, field, scalar);
            case Ranges ranges -> json.writeStringField(field, text(ranges));
            case Items items -> json.writeStringField(field, "{" + String.join(", ", items.names()) + "}");
        }
    }

    static void writeNumber(JsonGenerator json, String field, Scalar scalar) throws IOException {
        if (scalar.thousandths() % 1000 == 0) {
            json.writeNumberField(field, scalar.thousandths() / 1000);
        } else {
            json.writeNumberField(field, scalar.toDouble());
        }
    }

    static String text(Ranges ranges) {
        return ranges.ranges().stream()
                .map(range -> range.begin() + "-" + range.end())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
