/** The smallest framework: it runs five tasks and ends. */
@NullMarked
package dev.proffer.frameworks.hello;

import org.jspecify.annotations.NullMarked;
