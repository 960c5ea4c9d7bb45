// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.util.Random;

/** Random numbers for a test, from a seed that is printed and can be given back as {@code -Dmillrace.seed=}. */
final class Seeded {

    private Seeded() {}

    static Random random(String test) {
        long seed = Long.getLong("millrace.seed", 20_240_517L);
        System.out.println(test + ": -Dmillrace.seed=" + seed);
        return new Random(seed);
    }
}
