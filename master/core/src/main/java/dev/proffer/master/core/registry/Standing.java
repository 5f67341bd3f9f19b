package dev.proffer.master.core.registry;

/** How the registry counts an agent. */
public enum Standing {
    /** It was let in, and is not known to be lost. */
    ADMITTED,
    /** It gave no sign for too long. It may return under its id. */
    UNREACHABLE,
    /** It will never be let in again under its id. */
    GONE
}
