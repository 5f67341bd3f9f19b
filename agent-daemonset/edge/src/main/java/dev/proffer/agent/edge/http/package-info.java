/** What an agent tells over HTTP about itself. */
@NullMarked
package dev.proffer.agent.edge.http;

import org.jspecify.annotations.NullMarked;
