/** From a Framework to its scheduler's objects and the conditions that it is in. Pure: objects in, objects out. */
@NullMarked
package dev.proffer.operator.plan.framework;

import org.jspecify.annotations.NullMarked;
