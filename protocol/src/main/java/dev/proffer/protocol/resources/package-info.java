/** Resources, reservations, attributes and domains between the wire and the model, and offers as each framework can read them. */
@NullMarked
package dev.proffer.protocol.resources;

import org.jspecify.annotations.NullMarked;
