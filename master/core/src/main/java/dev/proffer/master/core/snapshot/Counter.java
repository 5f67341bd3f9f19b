package dev.proffer.master.core.snapshot;

/** What a master counts. */
public enum Counter {
    OFFERS_MADE,
    OFFERS_RESCINDED,
    OFFERS_ACCEPTED,
    OFFERS_DECLINED,
    INVERSE_OFFERS_MADE,
    INVERSE_OFFERS_RESCINDED,
    INVERSE_OFFERS_ACCEPTED,
    INVERSE_OFFERS_DECLINED,
    /** Tasks that were sent to agents. */
    TASKS_LAUNCHED,
    /** Tasks of an ACCEPT that were not: TASK_ERROR, TASK_DROPPED or TASK_LOST. */
    TASKS_REFUSED,
    /** Status updates of agents that went to a framework. */
    UPDATES_FORWARDED,
    /** Status updates of agents for frameworks that the master does not know. */
    UPDATES_INVALID,
    /** Acknowledgements that could not be passed on. */
    ACKNOWLEDGEMENTS_INVALID,
    AGENTS_REGISTERED,
    AGENTS_REREGISTERED,
    AGENTS_UNREACHABLE,
    AGENTS_UNREGISTERED,
    /** Declared gone for good. */
    AGENTS_GONE,
    FRAMEWORKS_SUBSCRIBED,
    FRAMEWORKS_FAILED_OVER,
    FRAMEWORKS_REMOVED
}
