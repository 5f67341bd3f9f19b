package dev.proffer.agent.core.registration;

/**
 * How far an agent is on its way to a master.
 *
 * <pre>
 *   IDLE ──▶ WAITING ──▶ DIALLING ──▶ GREETING ──▶ ACCEPTING ──▶ TELLING ──▶ REGISTERED
 *               ▲           │ closed, refused, silent, ended term   │            │
 *               └───────────┴───────────────────────────────────────┴────────────┘
 *
 *   From anywhere: EXPELLED (the master will never have it again), CLOSED (it stops).
 * </pre>
 */
public enum Phase {
    /** Not to be seen by a master yet: it finds out what runs on it. */
    IDLE,
    WAITING,
    DIALLING,
    /** Hello is sent. */
    GREETING,
    /** The master's term is on its way to the disk. */
    ACCEPTING,
    /** The inventory is sent. */
    TELLING,
    REGISTERED,
    EXPELLED,
    CLOSED
}
