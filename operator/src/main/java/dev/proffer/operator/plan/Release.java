package dev.proffer.operator.plan;

/** What this operator was released with: used where a ProfferCluster names nothing else. */
public record Release(String version, String masterImage, String agentImage, String holderImage) {}
