/** Tables, JSON and YAML. */
@NullMarked
package dev.proffer.cli.output;

import org.jspecify.annotations.NullMarked;
