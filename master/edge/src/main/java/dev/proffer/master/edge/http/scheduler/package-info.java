/** The Mesos v1 scheduler API: calls in, event streams out. */
@NullMarked
package dev.proffer.master.edge.http.scheduler;

import org.jspecify.annotations.NullMarked;
