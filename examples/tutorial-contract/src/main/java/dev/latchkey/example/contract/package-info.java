/**
 * What the tutorial's application does, whatever it is built with: one test for all. Start at
 * {@link dev.latchkey.example.contract.TutorialContract}.
 */
@NullMarked
package dev.latchkey.example.contract;

import org.jspecify.annotations.NullMarked;
