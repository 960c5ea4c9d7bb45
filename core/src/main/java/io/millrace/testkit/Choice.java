// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Who runs next. */
@FunctionalInterface
interface Choice {

    /** The place, from 0, of the chosen one among {@code size} that could run, the oldest first. */
    int among(int size);

    /** The oldest, or any by the dice of that seed. */
    static Choice of(OptionalLong seed) {
        return seed.isPresent() ? dice(seed.getAsLong()) : size -> 0;
    }

    private static Choice dice(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return size -> size == 1 ? 0 : random.nextInt(size);
    }
}
