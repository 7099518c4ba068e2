/**
 * Notes: an API of a few lines behind a guard, and the page that signs its users in and calls it. Start at
 * {@link dev.latchkey.example.page.NotesApi}; the other half is in the resources, {@code login.js}.
 */
@NullMarked
package dev.latchkey.example.page;

import org.jspecify.annotations.NullMarked;
