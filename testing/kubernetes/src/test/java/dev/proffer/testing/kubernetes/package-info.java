/** What tests count on of their Kubernetes. */
@NullMarked
package dev.proffer.testing.kubernetes;

import org.jspecify.annotations.NullMarked;
