/** Quota: what a role's subtree is guaranteed, and what it may not exceed. */
@NullMarked
package dev.proffer.crds.quota;

import org.jspecify.annotations.NullMarked;
