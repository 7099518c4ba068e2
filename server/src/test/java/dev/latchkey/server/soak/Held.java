package dev.latchkey.server.soak;

import dev.latchkey.server.protocol.SessionId;
import java.nio.ByteBuffer;
import java.util.Base64;

/** What a refresh token says to who knows its form: session and generation. */
public record Held(SessionId session, long generation) {
    public static Held of(String refreshToken) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(refreshToken));
        byte[] id = new byte[SessionId.BYTES];
        bytes.get();
        bytes.get(id);
        return new Held(SessionId.of(id), bytes.getLong());
    }

    Held next() {
        return new Held(session, generation + 1);
    }
}
