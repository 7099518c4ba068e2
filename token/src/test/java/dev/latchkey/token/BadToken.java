package dev.latchkey.token;

/** A token that must not be accepted, and the reason that must be given. */
record BadToken(String name, String token, RefusalReason reason) {
    static BadToken malformed(String name, String token) {
        return new BadToken(name, token, RefusalReason.MALFORMED);
    }

    @Override
    public String toString() {
        return name;
    }
}
