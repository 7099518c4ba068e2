/**
 * JMH benchmarks of what a request costs besides HTTP: signing, verifying, hashing a password, reading JSON. Each is measured
 * beside the bare operation that it is built on and beside another library. Run by {@code bench/micro}.
 */
@NullMarked
package dev.latchkey.bench.micro;

import org.jspecify.annotations.NullMarked;
