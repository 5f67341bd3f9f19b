/** Pod templates: hardened defaults, and laying people's templates over them. */
@NullMarked
package dev.proffer.operator.plan.template;

import org.jspecify.annotations.NullMarked;
