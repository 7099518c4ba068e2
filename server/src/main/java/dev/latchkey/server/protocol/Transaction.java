package dev.latchkey.server.protocol;

/**
 * The running unit of work, as stores see it: proof that a write happens inside one. Only the store that opened it can
 * look inside, and it is of no use after the unit of work has ended.
 */
public interface Transaction {}
