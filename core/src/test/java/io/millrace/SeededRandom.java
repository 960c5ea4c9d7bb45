// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import java.util.Random;

/** Random numbers for a test, from a seed that is printed and can be given back as {@code -Dmillrace.seed=}. */
public final class SeededRandom {

    private SeededRandom() {}

    /** The generator of the test {@code test}. */
    public static Random of(Class<?> test) {
        long seed = Long.getLong("millrace.seed", 20_261_122L);
        System.out.println(test.getSimpleName() + ": -Dmillrace.seed=" + seed);
        return new Random(seed);
    }
}
