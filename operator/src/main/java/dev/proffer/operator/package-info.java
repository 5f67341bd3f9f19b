/** The program that turns custom resources into the objects of Kubernetes: configuration, health and wiring. */
@NullMarked
package dev.proffer.operator;

import org.jspecify.annotations.NullMarked;
