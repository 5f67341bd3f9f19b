/** Mounted files that may change while the master runs: certificates, credentials. */
@NullMarked
package dev.proffer.master.edge.files;

import org.jspecify.annotations.NullMarked;
