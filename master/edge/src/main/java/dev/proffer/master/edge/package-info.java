/** The master's edges to HTTP, agents and Kubernetes: plain classes, one adapter per subpackage, wired here. */
@NullMarked
package dev.proffer.master.edge;

import org.jspecify.annotations.NullMarked;
