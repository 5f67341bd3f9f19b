/** Puts a changed policy into force: on the allocator, outstanding offers, subscribed frameworks and reservations. */
@NullMarked
package dev.proffer.master.core.enforcement;

import org.jspecify.annotations.NullMarked;
