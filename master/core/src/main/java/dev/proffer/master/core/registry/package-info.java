/** What is kept of agents beyond a master's term, and what people and machines' owners wish of them. */
@NullMarked
package dev.proffer.master.core.registry;

import org.jspecify.annotations.NullMarked;
