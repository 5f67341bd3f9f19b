/** The life of frameworks: subscription, failover, disconnection, removal, and which roles want offers. */
@NullMarked
package dev.proffer.master.core.frameworks;

import org.jspecify.annotations.NullMarked;
