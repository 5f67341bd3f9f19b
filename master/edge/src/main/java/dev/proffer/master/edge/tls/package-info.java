/** TLS of the master's ports: certificates from files that are replaced while connections go on. */
@NullMarked
package dev.proffer.master.edge.tls;

import org.jspecify.annotations.NullMarked;
