// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

/**
 * Stands for the fold of some successive slices that the user's function threw on: whatever has it among its parts is broken too, and a
 * window that comes out broken fails those who take it. The slices themselves are kept, so that a window which holds only some of them
 * is folded anew. Public only because the state travels; of no use to a program.
 *
 * @param cause what was thrown, as text
 */
public record BrokenFold(String cause) {

    /** Of what was thrown. */
    static BrokenFold of(Throwable thrown) {
        return new BrokenFold(thrown.toString());
    }

    @Override
    public String toString() {
        return "a fold that failed";
    }
}
