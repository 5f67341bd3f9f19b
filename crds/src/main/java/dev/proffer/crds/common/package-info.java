/** What several kinds have in common. */
@NullMarked
package dev.proffer.crds.common;

import org.jspecify.annotations.NullMarked;
