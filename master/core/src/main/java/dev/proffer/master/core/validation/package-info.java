/** What a call, a framework or a task must look like: pure functions that return the first problem. */
@NullMarked
package dev.proffer.master.core.validation;

import org.jspecify.annotations.NullMarked;
