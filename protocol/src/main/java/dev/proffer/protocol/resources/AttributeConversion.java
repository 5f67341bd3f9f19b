package dev.proffer.protocol.resources;

import dev.proffer.model.Attribute;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.Value;
import java.util.ArrayList;
import java.util.List;

/** Attributes of agents between the wire and the model. */
public final class AttributeConversion {
    private AttributeConversion() {}

    /** @throws InvalidResourceException if an attribute has no name, or no value of its type */
    public static List<Attribute> read(List<dev.proffer.protocol.v1.Attribute> wire) throws InvalidResourceException {
        var attributes = new ArrayList<Attribute>(wire.size());
        for (var attribute : wire) {
            if (attribute.getName().isEmpty()) {
                throw new InvalidResourceException("An attribute needs a name, but has an empty one");
            }
            attributes.add(
                    new Attribute(attribute.getName(), value(attribute, Rules.ofAttribute(attribute.getName()))));
        }
        return attributes;
    }

    public static List<dev.proffer.protocol.v1.Attribute> write(List<Attribute> attributes) {
        var wire = new ArrayList<dev.proffer.protocol.v1.Attribute>(attributes.size());
        for (var attribute : attributes) {
            var builder = dev.proffer.protocol.v1.Attribute.newBuilder().setName(attribute.name());
            switch (attribute.value()) {
                case Attribute.Text(var text) ->
                    builder.setType(Value.Type.TEXT)
                            .setText(Value.Text.newBuilder().setValue(text));
                case Attribute.OfScalar(var scalar) ->
                    builder.setType(Value.Type.SCALAR).setScalar(ResourceWriter.scalar(scalar));
                case Attribute.OfRanges(var ranges) ->
                    builder.setType(Value.Type.RANGES).setRanges(ResourceWriter.ranges(ranges));
                case Attribute.OfItems(var items) ->
                    builder.setType(Value.Type.SET).setSet(ResourceWriter.items(items));
            }
            wire.add(builder.build());
        }
        return wire;
    }

    private static Attribute.Value value(dev.proffer.protocol.v1.Attribute wire, Rules rules)
            throws InvalidResourceException {
        return switch (wire.getType()) {
            case TEXT -> {
                rules.refuse(!wire.hasText(), "an attribute of type TEXT needs 'text'");
                yield new Attribute.Text(wire.getText().getValue());
            }
            case SCALAR -> {
                rules.refuse(!wire.hasScalar(), "an attribute of type SCALAR needs 'scalar'");
                yield new Attribute.OfScalar(scalar(wire.getScalar().getValue(), rules));
            }
            case RANGES -> {
                rules.refuse(!wire.hasRanges(), "an attribute of type RANGES needs 'ranges'");
                yield new Attribute.OfRanges(ValueReader.ranges(wire.getRanges(), rules));
            }
            case SET -> {
                rules.refuse(!wire.hasSet(), "an attribute of type SET needs 'set'");
                yield new Attribute.OfItems(ValueReader.items(wire.getSet(), rules));
            }
        };
    }

    private static Scalar scalar(double amount, Rules rules) throws InvalidResourceException {
        try {
            return Scalar.of(amount);
        } catch (IllegalArgumentException outOfBounds) {
            throw rules.violation(String.valueOf(outOfBounds.getMessage()));
        }
    }
}
