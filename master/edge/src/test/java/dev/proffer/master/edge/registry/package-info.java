@NullMarked
package dev.proffer.master.edge.registry;

import org.jspecify.annotations.NullMarked;
