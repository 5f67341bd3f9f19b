/** What the wire's task states mean. */
@NullMarked
package dev.proffer.protocol.tasks;

import org.jspecify.annotations.NullMarked;
