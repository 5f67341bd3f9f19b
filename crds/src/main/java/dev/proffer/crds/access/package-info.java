/** How clients of a cluster's masters are known, and find what they need: said once for operator, masters and command line. */
@NullMarked
package dev.proffer.crds.access;

import org.jspecify.annotations.NullMarked;
