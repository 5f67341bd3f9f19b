/** What is valid among the administrator's objects and which of two wins: asked by the operator and by the master. */
@NullMarked
package dev.proffer.crds.judgement;

import org.jspecify.annotations.NullMarked;
