// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.Locale;

/**
 * A figure beside the bar it should clear.
 *
 * @param what what was measured
 * @param figure what came out, with its unit
 * @param bar what was asked
 * @param passed whether it was reached
 */
record Bar(String what, String figure, String bar, boolean passed) {

    /** The head of a Markdown table of bars. */
    static final String HEAD = "| what | figure | bar | |\n| --- | --: | --: | --- |\n";

    /** A figure that must be at least so much. */
    static Bar atLeast(String what, double figure, double bar, String unit) {
        return new Bar(what, text(figure, unit), "≥ " + text(bar, unit), figure >= bar);
    }

    /** A figure that must be at most so much. */
    static Bar atMost(String what, double figure, double bar, String unit) {
        return new Bar(what, text(figure, unit), "≤ " + text(bar, unit), figure <= bar);
    }

    /** A statement that must be true. */
    static Bar holds(String what, boolean holds) {
        return new Bar(what, holds ? "yes" : "no", "yes", holds);
    }

    /** A figure without a bar. */
    static Bar note(String what, String figure) {
        return new Bar(what, figure, "", true);
    }

    private static String text(double figure, String unit) {
        return String.format(Locale.ROOT, figure == Math.rint(figure) ? "%.0f %s" : "%.2f %s", figure, unit)
                .trim();
    }

    /** The row of the Markdown table. */
    String row() {
        String verdict = bar.isEmpty() ? "" : passed ? "pass" : "**miss**";
        return "| " + what + " | " + figure + " | " + bar + " | " + verdict + " |\n";
    }
}
