/** What administrators decided: one immutable value, made at the edge from what was declared. */
@NullMarked
package dev.proffer.master.core.policy;

import org.jspecify.annotations.NullMarked;
