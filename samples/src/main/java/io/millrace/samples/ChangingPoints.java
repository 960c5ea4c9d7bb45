// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes up points in three clouds, which wander from batch to batch. The same points every time. */
final class ChangingPoints {

    private static final int POINTS = 24;
    private static final double SPREAD = 0.7;
    private static final long SEED = 3;

    private final Random random = new Random(SEED);
    private int second;

    /** What a feeder says. */
    static Script script(int seconds) {
        return Script.ofLines(seconds, new ChangingPoints()::next);
    }

    /** The points of the next second: two numbers each. */
    private List<String> next() {
        List<String> points = new ArrayList<>();
        double turn = second * Math.PI / 14;
        for (int i = 0; i < POINTS; i++) {
            switch (i % 3) {
                case 0 -> points.add(near(-5 + 0.5 * second, -4));
                case 1 -> points.add(near(5 - 0.1 * second, -3 + 0.6 * second));
                default -> points.add(near(-3 - 3 * Math.sin(turn), 5 - 3 * (1 - Math.cos(turn))));
            }
        }
        second++;
        return points;
    }

    private String near(double x, double y) {
        return String.format(
                Locale.ROOT, "%.3f %.3f", x + SPREAD * random.nextGaussian(), y + SPREAD * random.nextGaussian());
    }
}
