/** A real Kubernetes API server for tests: found or started, reached under any identity, and made to fail. */
@NullMarked
package dev.proffer.testing.kubernetes;

import org.jspecify.annotations.NullMarked;
