/** Tests of the ports' TLS, and an authority that issues certificates for them. */
@NullMarked
package dev.proffer.master.edge.tls;

import org.jspecify.annotations.NullMarked;
