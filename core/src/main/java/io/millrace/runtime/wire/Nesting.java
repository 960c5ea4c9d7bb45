// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

/** How deep the value at hand lies in others; keeps values that hold themselves, and hostile bytes, from the stack. */
final class Nesting {

    private final int most;
    private int depth;

    Nesting(int most) {
        this.most = most;
    }

    void enter(String doing, int position) {
        if (depth == most) {
            throw new WireException(
                    "Values may be nested " + most + " deep, but one " + doing + " at byte " + position + " is deeper");
        }
        depth++;
    }

    void leave() {
        depth--;
    }

    void reset() {
        depth = 0;
    }
}
