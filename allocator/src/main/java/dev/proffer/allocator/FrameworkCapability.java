package dev.proffer.allocator;

/** What a framework understands, as far as it decides what it is offered. */
public enum FrameworkCapability {
    REVOCABLE_RESOURCES,
    GPU_RESOURCES,
    SHARED_RESOURCES,
    MULTI_ROLE,
    RESERVATION_REFINEMENT,
    REGION_AWARE
}
