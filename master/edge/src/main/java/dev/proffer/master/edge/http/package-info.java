/** The master's HTTP listener: limits, routing, who asks and who leads. The interfaces behind it are subpackages. */
@NullMarked
package dev.proffer.master.edge.http;

import org.jspecify.annotations.NullMarked;
