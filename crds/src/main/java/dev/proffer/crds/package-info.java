/** The custom resources of Proffer as Java records; the CRDs in {@code kustomize/base/crds} are generated from them. */
@NullMarked
package dev.proffer.crds;

import org.jspecify.annotations.NullMarked;
