/** The JSON form of the wire's messages, as Mesos writes and reads it. */
@NullMarked
package dev.proffer.protocol.json;

import org.jspecify.annotations.NullMarked;
