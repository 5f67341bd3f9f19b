package dev.proffer.crds.common;

import dev.proffer.model.Quantities;
import dev.proffer.model.Ranges;
import dev.proffer.model.Resource;
import dev.proffer.model.Resources;
import dev.proffer.model.Scalar;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Between amounts as Kubernetes writes them and as the wire counts them: mem and disk in mebibytes, all else in units, both to
 * the thousandth.
 */
public final class Amounts {
    private static final Set<String> IN_MEBIBYTES = Set.of("mem", "disk");
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1 << 20);
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

    private Amounts() {}

    /** @throws IllegalArgumentException if it is not an amount, or too large to count; the message names it */
    public static Scalar scalar(String name, Quantity quantity) {
        BigDecimal number;
        try {
            number = quantity.getNumericalAmount();
        } catch (IllegalArgumentException notANumber) {
            throw new IllegalArgumentException(name + ": '" + quantity + "' is not a quantity", notANumber);
        }
        if (number.signum() < 0) {
            throw new IllegalArgumentException(name + ": '" + quantity + "' must not be negative");
        }
        var units = IN_MEBIBYTES.contains(name) ? number.divide(MEBIBYTE, 3, RoundingMode.DOWN) : number;
        try {
            return new Scalar(
                    units.multiply(THOUSAND).setScale(0, RoundingMode.DOWN).longValueExact());
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException(name + ": '" + quantity + "' is too large", tooLarge);
        }
    }

    /** @throws IllegalArgumentException as {@link #scalar}, or if ranges are not first-last, ascending */
    public static Resource resource(ResourceAmount resource) {
        if (resource.amount() != null) {
            return Resource.of(resource.name(), scalar(resource.name(), resource.amount()));
        }
        if (resource.ranges() != null) {
            return Resource.of(resource.name(), ranges(resource.name(), resource.ranges()));
        }
        throw new IllegalArgumentException(resource.name() + " needs an amount or ranges");
    }

    /** @throws IllegalArgumentException as {@link #resource} */
    public static Resources resources(List<ResourceAmount> resources) {
        return Resources.of(resources.stream().map(Amounts::resource).toList());
    }

    /** As people read it: mem and disk in whole mebibytes, all else in thousandths. */
    public static Quantity quantity(String name, Scalar scalar) {
        long thousandths = scalar.thousandths();
        if (IN_MEBIBYTES.contains(name)) {
            return new Quantity(Long.toString(thousandths / 1000), "Mi");
        }
        return thousandths % 1000 == 0
                ? new Quantity(Long.toString(thousandths / 1000))
                : new Quantity(Long.toString(thousandths), "m");
    }

    /** What is held, resource by resource; names in order. */
    public static List<Allocation> allocations(Quantities quantities) {
        var allocations = new ArrayList<Allocation>();
        quantities.forEach(
                (name, thousandths) -> allocations.add(new Allocation(name, quantity(name, new Scalar(thousandths)))));
        return allocations;
    }

    private static Ranges ranges(String name, String text) {
        var ranges = new ArrayList<Ranges.Range>();
        for (var range : text.split(",", -1)) {
            var ends = range.split("-", -1);
            try {
                ranges.add(new Ranges.Range(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
            } catch (RuntimeException malformed) {
                throw new IllegalArgumentException(
                        name + ": '" + range + "' is not a range; write first-last, the smaller one first", malformed);
            }
        }
        return Ranges.of(ranges);
    }
}
