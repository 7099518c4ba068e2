package dev.latchkey.server.protocol;

/**
 * Who keeps a user or client up to date: the configuration file does so at every start, a command only when it is run, and a
 * client that registered itself by its registration access token.
 */
public enum Origin {
    CONFIGURATION,
    COMMAND,
    REGISTRATION
}
