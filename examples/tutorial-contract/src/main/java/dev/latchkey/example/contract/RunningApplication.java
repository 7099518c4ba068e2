package dev.latchkey.example.contract;

/**
 * The application, started.
 *
 * @param port where it answers, at localhost
 * @param stop ends it
 */
public record RunningApplication(int port, Runnable stop) {}
