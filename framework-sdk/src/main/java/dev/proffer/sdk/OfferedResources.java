package dev.proffer.sdk;

import dev.proffer.model.Scalar;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What is left of an offer while it is divided among tasks. Pieces keep all that the offer says of them (reservations,
 * allocation); reserved ones go first, since nobody else could use them. Revocable resources, disks with a source, volumes
 * and what belongs to a resource provider are left alone: who wants these states operations in full.
 *
 * <p>Not thread-safe.
 */
final class OfferedResources {
    private static final String PORTS = "ports";

    private List<Resource> rest;

    OfferedResources(Offer offer) {
        var usable = offer.getResourcesList().stream()
                .filter(OfferedResources::isPlain)
                .toList();
        rest = new ArrayList<>(
                usable.stream().filter(OfferedResources::isReserved).toList());
        rest.addAll(usable.stream().filter(resource -> !isReserved(resource)).toList());
    }

    /** How much of the scalar resource {@code name} is left. */
    Scalar left(String name) {
        long sum = 0;
        for (var resource : rest) {
            sum += thousandths(resource, name);
        }
        return new Scalar(sum);
    }

    /** Takes all of that, or nothing if some of it is missing. */
    Optional<List<Resource>> take(SortedMap<String, Scalar> amounts, int ports) {
        var left = new ArrayList<>(rest);
        var taken = new ArrayList<Resource>();
        for (var amount : amounts.entrySet()) {
            if (!takeScalar(left, taken, amount.getKey(), amount.getValue().thousandths())) {
                return Optional.empty();
            }
        }
        if (!takePorts(left, taken, ports)) {
            return Optional.empty();
        }
        rest = left;
        return Optional.of(taken);
    }

    private static boolean takeScalar(List<Resource> left, List<Resource> taken, String name, long wanted) {
        long missing = wanted;
        for (int i = 0; i < left.size() && missing > 0; i++) {
            var resource = left.get(i);
            long available = thousandths(resource, name);
            long piece = Math.min(missing, available);
            if (piece > 0) {
                taken.add(withAmount(resource, piece));
                left.set(i, withAmount(resource, available - piece));
                missing -= piece;
            }
        }
        return missing == 0;
    }

    private static boolean takePorts(List<Resource> left, List<Resource> taken, int wanted) {
        long missing = wanted;
        for (int i = 0; i < left.size() && missing > 0; i++) {
            var resource = left.get(i);
            if (!resource.getName().equals(PORTS)) {
                continue;
            }
            var pieces = Value.Ranges.newBuilder();
            var others = Value.Ranges.newBuilder();
            for (var range : resource.getRanges().getRangeList()) {
                long size = Math.min(missing, range.getEnd() - range.getBegin() + 1);
                long firstOther = range.getBegin() + size;
                if (size > 0) {
                    pieces.addRange(range.toBuilder().setEnd(firstOther - 1));
                }
                if (firstOther <= range.getEnd()) {
                    others.addRange(range.toBuilder().setBegin(firstOther));
                }
                missing -= size;
            }
            taken.add(resource.toBuilder().setRanges(pieces).build());
            left.set(i, resource.toBuilder().setRanges(others).build());
        }
        return missing == 0;
    }

    private static long thousandths(Resource resource, String name) {
        return resource.getName().equals(name) && resource.getType() == Value.Type.SCALAR
                ? Scalar.of(resource.getScalar().getValue()).thousandths()
                : 0;
    }

    private static Resource withAmount(Resource resource, long thousandths) {
        var changed = resource.toBuilder();
        changed.getScalarBuilder().setValue(new Scalar(thousandths).toDouble());
        return changed.build();
    }

    private static boolean isPlain(Resource resource) {
        return !resource.hasRevocable() && !resource.hasShared() && !resource.hasProviderId() && !resource.hasDisk();
    }

    @SuppressWarnings("deprecation") // A framework without RESERVATION_REFINEMENT is offered the old format.
    private static boolean isReserved(Resource resource) {
        return resource.getReservationsCount() > 0
                || (resource.hasRole() && !resource.getRole().equals("*"));
    }
}
