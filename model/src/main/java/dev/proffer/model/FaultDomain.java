package dev.proffer.model;

/** Where a machine stands: frameworks without REGION_AWARE see only agents of the master's region. */
public record FaultDomain(String region, String zone) {}
