package dev.latchkey.server.outbound;

import java.time.Duration;
import java.util.Optional;

/**
 * What a GET brought.
 *
 * @param etag to ask with the next time
 * @param fresh how long it needs no asking
 */
record Fetched(OutboundDocument document, Optional<String> etag, Duration fresh) {}
