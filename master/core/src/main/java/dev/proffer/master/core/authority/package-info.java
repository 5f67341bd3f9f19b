/** Whether this master may offer and launch: the Lease says so, or the agents do; and no other master can. */
@NullMarked
package dev.proffer.master.core.authority;

import org.jspecify.annotations.NullMarked;
