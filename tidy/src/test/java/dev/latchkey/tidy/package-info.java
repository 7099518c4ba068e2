/** The rules that every file of this repository keeps, run as tests; see CONTRIBUTING.md. */
@NullMarked
package dev.latchkey.tidy;

import org.jspecify.annotations.NullMarked;
