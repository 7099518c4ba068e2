package dev.latchkey.token;

/**
 * A token was not accepted.
 *
 * @param reason the kind of reason, for programs
 * @param message a sentence for people; it quotes nothing of the token that was not verified
 */
public record Refusal(RefusalReason reason, String message) implements Verification {}
