/** The life of offers: made, answered by ACCEPT and DECLINE, rescinded. */
@NullMarked
package dev.proffer.master.core.offers;

import org.jspecify.annotations.NullMarked;
