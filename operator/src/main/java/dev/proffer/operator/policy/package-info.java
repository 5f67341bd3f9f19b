/** The reconcilers of Roles, Quotas and Reservations: they write down what the judgement of all of them together says. */
@NullMarked
package dev.proffer.operator.policy;

import org.jspecify.annotations.NullMarked;
