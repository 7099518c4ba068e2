package dev.latchkey.server.browser;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;
import java.util.Optional;

/**
 * One user signed in at one browser; a browser may have several.
 *
 * @param id no secret: it stands in pages
 * @param browser the key of the browser: the hash of its cookie
 * @param userId who signed in
 * @param credentialVersion of the user at sign-in; when the user's has moved on, this has ended
 * @param authTime when the user last proved who they are
 * @param chosenAt when the user last signed in or chose this account
 * @param lastUsedAt when an application last made use of it, to the minute
 * @param expiresAt when it ends unless it is used before
 * @param device what it was signed in with
 */
public record BrowserSession(
        BrowserSessionId id,
        String browser,
        UserId userId,
        long credentialVersion,
        Instant authTime,
        Instant chosenAt,
        Instant lastUsedAt,
        Instant expiresAt,
        Device device,
        Optional<Instant> endedAt) {

    /**
     * What it was signed in with, for its user to recognise.
     *
     * @param userAgent as the browser calls itself, at most 300 characters
     * @param address where it was
     */
    public record Device(String userAgent, String address) {}

    /** Whether it has neither been ended nor expired. */
    public boolean isLive(Instant now) {
        return endedAt.isEmpty() && now.isBefore(expiresAt);
    }
}
