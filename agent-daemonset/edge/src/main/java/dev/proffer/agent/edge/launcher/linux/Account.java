package dev.proffer.agent.edge.launcher.linux;

import java.util.List;

/**
 * Whom a task runs as, in numbers.
 *
 * @param groups others than its main one
 */
record Account(int uid, int gid, List<Integer> groups) {
    static final Account ROOT = new Account(0, 0, List.of());

    Account {
        groups = List.copyOf(groups);
    }

    boolean isRoot() {
        return uid == 0;
    }
}
