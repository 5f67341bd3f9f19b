/** Answers to people who ask why a framework gets no offers. */
@NullMarked
package dev.proffer.master.core.explanations;

import org.jspecify.annotations.NullMarked;
