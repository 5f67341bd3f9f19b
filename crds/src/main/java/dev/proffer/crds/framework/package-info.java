/** Framework: what a tenant asks for; what it may do is granted by others. */
@NullMarked
package dev.proffer.crds.framework;

import org.jspecify.annotations.NullMarked;
