package dev.proffer.allocator.eligibility;

import dev.proffer.allocator.amounts.Amounts;
import dev.proffer.allocator.amounts.ResourceNames;
import dev.proffer.model.Quantities;
import java.util.List;

/** The smallest offers worth making: any of the alternatives suffices; without one, anything does. */
public final class MinAllocatable {
    private final List<Amounts> alternatives;

    public MinAllocatable(List<Quantities> alternatives, ResourceNames names) {
        this.alternatives = alternatives.stream()
                .map(quantities -> Amounts.of(quantities, names))
                .toList();
    }

    public boolean admits(Amounts counted) {
        if (alternatives.isEmpty()) {
            return true;
        }
        for (int i = 0; i < alternatives.size(); i++) {
            if (counted.contains(alternatives.get(i))) {
                return true;
            }
        }
        return false;
    }
}
