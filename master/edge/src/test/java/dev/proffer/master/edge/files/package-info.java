/** Tests of files that change. */
@NullMarked
package dev.proffer.master.edge.files;

import org.jspecify.annotations.NullMarked;
