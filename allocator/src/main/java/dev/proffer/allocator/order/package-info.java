/** Who comes first among siblings: claimants, their rankings, and the policies that rank them. */
@NullMarked
package dev.proffer.allocator.order;

import org.jspecify.annotations.NullMarked;
