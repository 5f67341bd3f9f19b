/**
 * The agent's edges to the master, the kernel, executors and the disk: plain classes, one adapter per subpackage, wired
 * here.
 */
@NullMarked
package dev.proffer.agent.edge;

import org.jspecify.annotations.NullMarked;
