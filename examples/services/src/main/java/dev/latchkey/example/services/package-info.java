/**
 * Two services: the public {@link dev.latchkey.example.services.Shop} asks the guarded
 * {@link dev.latchkey.example.services.Stock}, with access tokens of its own (RFC 6749 §4.4).
 */
@NullMarked
package dev.latchkey.example.services;

import org.jspecify.annotations.NullMarked;
