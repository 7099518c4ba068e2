/**
 * The application of the FastAPI tutorials on Spring Boot. Start at {@link dev.latchkey.example.spring.Tutorial}; whose tokens
 * are taken is said in {@code application.yaml}, and logging in, refreshing and the users are Latchkey's, configured in
 * {@code latchkey.yaml}.
 */
@NullMarked
package dev.latchkey.example.spring;

import org.jspecify.annotations.NullMarked;
