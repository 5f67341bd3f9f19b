/** Watches the administrator's and the tenants' objects, and tells the core what they come to. */
@NullMarked
package dev.proffer.master.edge.policy;

import org.jspecify.annotations.NullMarked;
