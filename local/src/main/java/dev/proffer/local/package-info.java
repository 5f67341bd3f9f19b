/** The whole system in one process, over an embedded Kubernetes API. */
@NullMarked
package dev.proffer.local;

import org.jspecify.annotations.NullMarked;
