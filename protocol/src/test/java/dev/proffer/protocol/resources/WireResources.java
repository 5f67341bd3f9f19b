package dev.proffer.protocol.resources;

import com.google.protobuf.TextFormat;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import java.util.ArrayList;
import java.util.List;

/** Messages from protobuf's text format, which may lack required fields. */
final class WireResources {
    private WireResources() {}

    static Resource resource(String text) {
        var builder = Resource.newBuilder();
        merge(text, builder);
        return builder.buildPartial();
    }

    static List<Resource> resources(String... texts) {
        var resources = new ArrayList<Resource>();
        for (var text : texts) {
            resources.add(resource(text));
        }
        return resources;
    }

    static Offer offer(String text) {
        var builder = Offer.newBuilder();
        merge(text, builder);
        return builder.buildPartial();
    }

    static void merge(String text, com.google.protobuf.Message.Builder builder) {
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
