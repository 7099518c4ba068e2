package dev.latchkey.guard;

/** Carries a refusal up to {@link Guard#check}. Without a stack trace: it is the request's story, not the program's. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient RefusedAnswer answer;

    RefusedException(RefusedAnswer answer) {
        super(answer.description(), null, false, false);
        this.answer = answer;
    }

    RefusedAnswer answer() {
        return answer;
    }
}
