/** A framework on mesos-rxjava, a client library for Mesos that knows nothing of Proffer. */
@NullMarked
package dev.proffer.testing.clients.rxjava;

import org.jspecify.annotations.NullMarked;
