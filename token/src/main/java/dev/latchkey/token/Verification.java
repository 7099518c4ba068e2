package dev.latchkey.token;

/** What came of checking a token: the token, or why not. */
public sealed interface Verification permits VerifiedToken, Refusal {}
