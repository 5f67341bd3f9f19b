/** Runs a scheduler against masters over HTTP: threads, time and the network around a session. */
@NullMarked
package dev.proffer.sdk.driver;

import org.jspecify.annotations.NullMarked;
