// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import java.util.List;

/**
 * Whether a program can go on from its checkpoint, as {@link StreamingContext#checkCheckpoint} finds out without starting it.
 *
 * @param canGoOn whether {@link StreamingContext#start} would go on from it, or begin a new one
 * @param lines what differs and what stays: {@code =} is kept, {@code >} is renamed, {@code +} is new and starts empty, {@code -} is
 *     no more, {@code !} is a reason why it cannot go on
 */
public record CheckpointCheck(boolean canGoOn, List<String> lines) {

    /** Copies the lines. */
    public CheckpointCheck {
        lines = List.copyOf(lines);
    }

    /** All of it, a line each. */
    public String describe() {
        return String.join("\n", lines) + "\n"
                + (canGoOn ? "the program can go on from it" : "the program cannot go on from it");
    }
}
