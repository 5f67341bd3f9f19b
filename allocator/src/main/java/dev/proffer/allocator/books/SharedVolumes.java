package dev.proffer.allocator.books;

import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.allocator.order.Claimant;
import dev.proffer.model.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Charges the shared volumes of an agent: to each that holds any number of copies of one, once and in full. */
final class SharedVolumes {
    private final Map<Resource, Map<Claimant, Integer>> copies = new LinkedHashMap<>();

    void hold(Resource volume, Claimant claimant, ResourceNames names) {
        var holders = copies.computeIfAbsent(volume, _ -> new LinkedHashMap<>());
        if (holders.merge(claimant, 1, Integer::sum) == 1) {
            claimant.held().add(names.indexOf(volume.name()), volume.value().thousandths());
        }
    }

    void release(Resource volume, Claimant claimant, ResourceNames names) {
        var holders = copies.get(volume);
        if (holders == null || !holders.containsKey(claimant)) {
            throw new IllegalStateException("nobody holds the volume " + volume);
        }
        if (holders.merge(claimant, -1, Integer::sum) == 0) {
            holders.remove(claimant);
            claimant.held().add(names.indexOf(volume.name()), -volume.value().thousandths());
        }
        if (holders.isEmpty()) {
            copies.remove(volume);
        }
    }
}
