/**
 * One scheduler's life with its master, as a state machine: what came and what time it is go in, callbacks and calls go out.
 * No network, threads or clock; the driver supplies them, or a test does.
 */
@NullMarked
package dev.proffer.sdk.session;

import org.jspecify.annotations.NullMarked;
