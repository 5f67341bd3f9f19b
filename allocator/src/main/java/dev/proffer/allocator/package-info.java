/**
 * Who is offered what: roles, quota, dominant-resource fairness, filters and reservations, as pure functions and
 * values.
 */
@NullMarked
package dev.proffer.allocator;

import org.jspecify.annotations.NullMarked;
