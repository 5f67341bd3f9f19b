package dev.proffer.model;

import java.util.ArrayList;
import java.util.List;

/** The short text form of resources and attributes, as agents are configured with. */
final class ResourceText {
    private ResourceText() {}

    static Resources parse(String text) {
        var resources = new ArrayList<Resource>();
        for (var part : parts(text)) {
            resources.add(resource(part));
        }
        return Resources.of(resources);
    }

    static List<Attribute> parseAttributes(String text) {
        var attributes = new ArrayList<Attribute>();
        for (var part : parts(text)) {
            int colon = colon(part, "attribute");
            attributes.add(new Attribute(
                    part.substring(0, colon).strip(),
                    attributeValue(part.substring(colon + 1).strip())));
        }
        return List.copyOf(attributes);
    }

    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        for (var part : text.split(";")) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    private static int colon(String part, String what) {
        int colon = part.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("'" + part + "' is no " + what + ": write name:value");
        }
        return colon;
    }

    private static Resource resource(String part) {
        int colon = colon(part, "resource");
        var head = part.substring(0, colon).strip();
        var value = resourceValue(part, part.substring(colon + 1).strip());
        int open = head.indexOf('(');
        if (open < 0) {
            return Resource.of(head, value);
        }
        if (!head.endsWith(")")) {
            throw new IllegalArgumentException("'" + part + "' is no resource: write name(role):value");
        }
        var resource = Resource.of(head.substring(0, open).strip(), value);
        var role = head.substring(open + 1, head.length() - 1).strip();
        return role.equals("*") ? resource : resource.reserved(Reservation.fixed(new RolePath(role)));
    }

    private static Value resourceValue(String part, String value) {
        if (value.startsWith("[") || value.startsWith("{")) {
            return structured(value);
        }
        try {
            return Scalar.of(Double.parseDouble(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + part + "' has no valid value: write a number from 0 to 9e12, [begin-end, …] or {item, …}", e);
        }
    }

    private static Attribute.Value attributeValue(String value) {
        if (value.startsWith("[") || value.startsWith("{")) {
            return switch (structured(value)) {
                case Ranges ranges -> new Attribute.OfRanges(ranges);
                case Items items -> new Attribute.OfItems(items);
                case Scalar scalar -> new Attribute.OfScalar(scalar);
            };
        }
        try {
            return new Attribute.OfScalar(Scalar.of(Double.parseDouble(value)));
        } catch (IllegalArgumentException notAnAmount) {
            return new Attribute.Text(value);
        }
    }

    private static Value structured(String value) {
        if (value.startsWith("[") && value.endsWith("]")) {
            var ranges = new ArrayList<Ranges.Range>();
            for (var range : inner(value)) {
                ranges.add(range(range));
            }
            return Ranges.of(ranges);
        }
        if (value.startsWith("{") && value.endsWith("}")) {
            return Items.of(inner(value));
        }
        throw new IllegalArgumentException("'" + value + "' lacks its closing bracket");
    }

    private static List<String> inner(String bracketed) {
        var items = new ArrayList<String>();
        for (var item : bracketed.substring(1, bracketed.length() - 1).split(",")) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items;
    }

    private static Ranges.Range range(String text) {
        int dash = text.indexOf('-', 1);
        try {
            return dash < 0
                    ? new Ranges.Range(Long.parseLong(text), Long.parseLong(text))
                    : new Ranges.Range(
                            Long.parseLong(text.substring(0, dash).strip()),
                            Long.parseLong(text.substring(dash + 1).strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no range: write begin-end", e);
        }
    }
}
