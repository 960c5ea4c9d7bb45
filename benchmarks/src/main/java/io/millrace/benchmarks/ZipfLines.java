// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.SplittableRandom;

/** An endless, seeded sequence of lines, each the ranks of its words, drawn Zipf(1.0). */
final class ZipfLines {

    private final ZipfRanks zipf;
    private final SplittableRandom random;

    ZipfLines(ZipfRanks zipf, long seed) {
        this.zipf = zipf;
        this.random = new SplittableRandom(seed);
    }

    /** Draws the next line: as many ranks as the array has room for. */
    void next(int[] ranks) {
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = zipf.rank(random.nextLong());
        }
    }
}
