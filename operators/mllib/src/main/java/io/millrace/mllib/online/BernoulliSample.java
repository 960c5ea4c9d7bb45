// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import java.util.Random;

/**
 * Takes each element with the same probability, the very ones that Spark's {@code rdd.sample(false, fraction, seed)} takes
 * of an RDD with one partition. Not thread-safe.
 */
final class BernoulliSample {

    /** Up to this fraction Spark draws how many elements to skip instead of drawing for each. */
    private static final double MOST_BY_GAPS = 0.4;

    private static final double LEAST_DRAW = 5e-11;

    private final double fraction;
    private final SparkRandom random;
    private final double logOfRest;
    private int toSkip;

    BernoulliSample(double fraction, long seed) {
        this.fraction = fraction;
        // Spark draws a seed per partition
        random = new SparkRandom(new Random(seed).nextLong());
        logOfRest = Math.log1p(-fraction);
        if (fraction <= MOST_BY_GAPS) {
            drawGap();
        }
    }

    /** Whether the next element is taken. */
    boolean next() {
        if (fraction >= 1.0) {
            return true;
        }
        if (fraction > MOST_BY_GAPS) {
            return random.nextDouble() <= fraction;
        }
        if (toSkip > 0) {
            toSkip--;
            return false;
        }
        drawGap();
        return true;
    }

    private void drawGap() {
        toSkip = (int) (Math.log(Math.max(random.nextDouble(), LEAST_DRAW)) / logOfRest);
    }
}
