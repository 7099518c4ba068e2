/** What is under {@code deploy/} is parsed, rendered and held against the server, as far as that goes without running it. */
@NullMarked
package dev.latchkey.deploy;

import org.jspecify.annotations.NullMarked;
