package dev.latchkey.server.token;

import dev.latchkey.server.protocol.SessionId;

/**
 * What a refresh token says once its MAC was checked: one generation of one session (DESIGN §6).
 *
 * @param sessionId whose
 * @param generation which; the first is 1
 */
public record RefreshToken(SessionId sessionId, long generation) {}
