package dev.latchkey.server.password;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Argon2 that notes with which parameters it was asked to compute. */
final class CountingArgon2 implements Argon2 {
    private final Argon2 engine;
    private final List<Argon2Parameters> asked = new CopyOnWriteArrayList<>();

    CountingArgon2(Argon2 engine) {
        this.engine = engine;
    }

    @Override
    public byte[] tag(Argon2Parameters parameters, byte[] password, byte[] salt, int tagBytes) {
        asked.add(parameters);
        return engine.tag(parameters, password, salt, tagBytes);
    }

    List<Argon2Parameters> countedBy(Runnable work) {
        asked.clear();
        work.run();
        return List.copyOf(asked);
    }
}
