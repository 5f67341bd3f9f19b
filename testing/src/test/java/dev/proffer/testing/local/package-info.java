/** The programs as their users run them: a cluster in a process of its own, and frameworks that talk to it over HTTP. */
@NullMarked
package dev.proffer.testing.local;

import org.jspecify.annotations.NullMarked;
