package dev.proffer.crds.judgement;

import java.util.List;

/**
 * What holds for an object.
 *
 * @param inForce whether the master acts by it
 * @param findings one for each condition of its kind
 */
public record Ruling(boolean inForce, List<Finding> findings) {
    public Ruling {
        findings = List.copyOf(findings);
    }

    /** Whether the object cannot be understood by itself, whatever others there are. */
    public boolean isInvalid() {
        return findings.stream().anyMatch(finding -> finding.reason().equals(Finding.INVALID));
    }
}
