package dev.proffer.operator.plan.policy;

import dev.proffer.crds.judgement.Finding;
import dev.proffer.crds.judgement.Ruling;
import dev.proffer.operator.plan.Verdict;
import java.util.List;

/** A ruling as conditions. */
public final class Rulings {
    private Rulings() {}

    public static List<Verdict> verdicts(Ruling ruling) {
        return ruling.findings().stream().map(Rulings::verdict).toList();
    }

    private static Verdict verdict(Finding finding) {
        return finding.status()
                ? Verdict.yes(finding.type(), finding.reason(), finding.message())
                : Verdict.no(finding.type(), finding.reason(), finding.message());
    }
}
