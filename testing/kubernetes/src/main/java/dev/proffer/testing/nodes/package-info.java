/** A Kubernetes whose nodes run on this machine, each in namespaces of its own, with real kubelets and containers. */
@NullMarked
package dev.proffer.testing.nodes;

import org.jspecify.annotations.NullMarked;
