/** The guard in front of an API whose issuer is the real server, in good times and in bad ones. */
@NullMarked
package dev.latchkey.guard.servertest;

import org.jspecify.annotations.NullMarked;
