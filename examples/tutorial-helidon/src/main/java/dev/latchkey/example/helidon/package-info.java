/**
 * The application of the FastAPI tutorials on Helidon. Start at {@link dev.latchkey.example.helidon.Tutorial}; logging in,
 * refreshing and the users are Latchkey's, configured in {@code latchkey.yaml}.
 */
@NullMarked
package dev.latchkey.example.helidon;

import org.jspecify.annotations.NullMarked;
