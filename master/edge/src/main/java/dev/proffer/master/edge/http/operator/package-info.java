/** What operators and their tools read of a master: its state, version and health, and where the leader is. */
@NullMarked
package dev.proffer.master.edge.http.operator;

import org.jspecify.annotations.NullMarked;
