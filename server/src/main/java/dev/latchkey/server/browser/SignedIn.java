package dev.latchkey.server.browser;

import dev.latchkey.server.user.User;

/** A live browser session and its user, who may log in and has the password of the sign-in still. */
public record SignedIn(BrowserSession session, User user) {}
