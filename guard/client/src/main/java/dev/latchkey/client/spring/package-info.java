/**
 * The adapter for Spring's {@code RestClient} and {@code RestTemplate}, 6.2 and 7. The only package here that needs Spring,
 * and only {@code spring-web}, which an application brings itself.
 */
@NullMarked
package dev.latchkey.client.spring;

import org.jspecify.annotations.NullMarked;
