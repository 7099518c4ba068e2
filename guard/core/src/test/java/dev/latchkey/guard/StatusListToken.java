package dev.latchkey.guard;

import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.zip.Deflater;

/** Makes status list tokens, independently of the server. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StatusListToken(String uri, int bits, byte[] statuses) {
    String sign(Jwk key, InstantSource clock) {
        return Jwt.create(clock)
                .type("statuslist+jwt")
                .subject(uri)
                .issuedAt(clock.instant())
                .expiresIn(Duration.ofMinutes(10))
                .claim("ttl", 5)
                .claim("status_list", Map.of("bits", bits, "lst", packed(statuses)))
                .sign(key);
    }

    static String packed(byte[] statuses) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(statuses);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] part = new byte[4096];
        while (!deflater.finished()) {
            packed.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
    }
}
