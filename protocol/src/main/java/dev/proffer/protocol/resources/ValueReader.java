package dev.proffer.protocol.resources;

import dev.proffer.model.Items;
import dev.proffer.model.Ranges;
import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;

/** What a resource amounts to. */
final class ValueReader {
    private ValueReader() {}

    static dev.proffer.model.Value read(Resource wire) throws InvalidResourceException {
        var rules = Rules.ofResource(wire.getName());
        return switch (wire.getType()) {
            case SCALAR -> {
                rules.refuse(
                        !wire.hasScalar() || wire.hasRanges() || wire.hasSet(),
                        "type SCALAR needs 'scalar' set, and neither 'ranges' nor 'set'");
                yield scalar(wire.getName(), wire.getScalar(), rules);
            }
            case RANGES -> {
                rules.refuse(
                        !wire.hasRanges() || wire.hasScalar() || wire.hasSet(),
                        "type RANGES needs 'ranges' set, and neither 'scalar' nor 'set'");
                yield ranges(wire.getRanges(), rules);
            }
            case SET -> {
                rules.refuse(
                        !wire.hasSet() || wire.hasScalar() || wire.hasRanges(),
                        "type SET needs 'set' set, and neither 'scalar' nor 'ranges'");
                yield items(wire.getSet(), rules);
            }
            case TEXT -> throw rules.violation("type TEXT is not supported: use SCALAR, RANGES or SET");
        };
    }

    private static Scalar scalar(String name, Value.Scalar wire, Rules rules) throws InvalidResourceException {
        double amount = wire.getValue();
        rules.refuse(!(amount >= 0), "a scalar must not be negative, but is " + amount);
        Scalar scalar;
        try {
            scalar = Scalar.of(amount);
        } catch (IllegalArgumentException outOfBounds) {
            throw rules.violation(String.valueOf(outOfBounds.getMessage()));
        }
        rules.refuse(
                amount != 0 && scalar.isEmpty(), "a scalar has three decimals, and " + amount + " rounds to nothing");
        rules.refuse(
                name.equals("gpus") && scalar.thousandths() % 1000 != 0,
                "'gpus' must be a whole number, but is " + amount);
        return scalar;
    }

    static Ranges ranges(Value.Ranges wire, Rules rules) throws InvalidResourceException {
        var ranges = new ArrayList<Ranges.Range>(wire.getRangeCount());
        for (var range : wire.getRangeList()) {
            long begin = range.getBegin();
            long end = range.getEnd();
            rules.refuse(
                    begin < 0 || end < 0,
                    "a range must end below 2^63, but is " + Long.toUnsignedString(begin) + "-"
                            + Long.toUnsignedString(end));
            rules.refuse(begin > end, "a range must begin before it ends, but is " + begin + "-" + end);
            ranges.add(new Ranges.Range(begin, end));
        }
        ranges.sort(Comparator.comparingLong(Ranges.Range::begin));
        for (int i = 1; i < ranges.size(); i++) {
            var previous = ranges.get(i - 1);
            var next = ranges.get(i);
            rules.refuse(
                    next.begin() <= previous.end(),
                    "ranges must not overlap, but " + previous.begin() + "-" + previous.end() + " and " + next.begin()
                            + "-" + next.end() + " do");
        }
        return Ranges.of(ranges);
    }

    static Items items(Value.Set wire, Rules rules) throws InvalidResourceException {
        var seen = new HashSet<String>();
        for (var item : wire.getItemList()) {
            rules.refuse(!seen.add(item), "a set must not have an item twice, but has '" + item + "' twice");
        }
        return Items.of(wire.getItemList());
    }
}
