/** What the master knows of its cluster: agents, frameworks, tasks and offers, each kept where it belongs. No decisions. */
@NullMarked
package dev.proffer.master.core.cluster;

import org.jspecify.annotations.NullMarked;
