package dev.latchkey.server.protocol;

/** Who keeps a user or client up to date: the configuration file does so at every start, a command only when it is run. */
public enum Origin {
    CONFIGURATION,
    COMMAND
}
