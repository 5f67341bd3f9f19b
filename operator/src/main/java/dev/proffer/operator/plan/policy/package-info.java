/** What there is to judge the administrator's objects by, and their conditions. Pure. */
@NullMarked
package dev.proffer.operator.plan.policy;

import org.jspecify.annotations.NullMarked;
