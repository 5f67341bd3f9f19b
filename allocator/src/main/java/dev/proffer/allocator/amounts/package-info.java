/** Amounts as arrays of thousandths by interned resource name: what the decisions calculate with. */
@NullMarked
package dev.proffer.allocator.amounts;

import org.jspecify.annotations.NullMarked;
