/**
 * Guards Jakarta REST resources: register a {@link dev.latchkey.guard.jaxrs.GuardFeature}, and annotations say who may call
 * which method.
 *
 * <p>Start at {@link dev.latchkey.guard.jaxrs.GuardFeature}. Knows no implementation of Jakarta REST; leaves decisions to
 * {@link dev.latchkey.guard.Guard}. Jakarta REST 3.1 and 4.0, Jakarta Annotations.
 */
@NullMarked
package dev.latchkey.guard.jaxrs;

import org.jspecify.annotations.NullMarked;
