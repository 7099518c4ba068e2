/**
 * What the removal of ended rows costs and whether tables stay flat under a steady load, on both engines, and what partitions of
 * the audit trail would change. Starts at {@link dev.latchkey.bench.housekeeping.HousekeepingFigures}; loads the stores themselves
 * with the server's own housekeeping, without HTTP and passwords, which would take the processor that is to be measured.
 */
@NullMarked
package dev.latchkey.bench.housekeeping;

import org.jspecify.annotations.NullMarked;
