/** The Quarkus program that configures and runs a master. */
@NullMarked
package dev.proffer.master.app;

import org.jspecify.annotations.NullMarked;
