package dev.proffer.crds.judgement;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rulings by name of the object. */
public record Judgement(
        SortedMap<String, Ruling> roles, SortedMap<String, Ruling> quotas, SortedMap<String, Ruling> reservations) {
    public Judgement {
        roles = copy(roles);
        quotas = copy(quotas);
        reservations = copy(reservations);
    }

    private static SortedMap<String, Ruling> copy(Map<String, Ruling> rulings) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(rulings));
    }
}
