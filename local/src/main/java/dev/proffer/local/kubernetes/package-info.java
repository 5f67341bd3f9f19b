/** An embedded Kubernetes API for a cluster on a laptop: what it stores survives in a file. */
@NullMarked
package dev.proffer.local.kubernetes;

import org.jspecify.annotations.NullMarked;
