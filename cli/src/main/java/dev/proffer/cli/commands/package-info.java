/** One class for each command. */
@NullMarked
package dev.proffer.cli.commands;

import org.jspecify.annotations.NullMarked;
