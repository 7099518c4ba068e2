/** Many issuers in one process: where they are, that they are strangers to each other, and what trouble of one means. */
@NullMarked
package dev.latchkey.server.hosting;

import org.jspecify.annotations.NullMarked;
