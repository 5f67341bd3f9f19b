/** RecordIO: how messages follow each other on a stream. */
@NullMarked
package dev.proffer.protocol.recordio;

import org.jspecify.annotations.NullMarked;
