// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

/**
 * One run of one contender.
 *
 * @param contender its name
 * @param measured what it measured
 * @param sent what the sender sent
 * @param finished what it counted in all
 */
record Trial(String contender, JsonLine measured, JsonLine sent, JsonLine finished) {

    /** Whether the running totals are exactly what was sent. */
    boolean exact() {
        return Totals.of(sent).equals(Totals.of(finished));
    }

    /** Everything in one line. */
    JsonLine line() {
        Totals expected = Totals.of(sent);
        return JsonLine.event("trial")
                .with("contender", contender)
                .with("exact", Boolean.toString(exact()))
                .with(measured)
                .with(finished)
                .with("sentCounted", expected.words())
                .with("sentDistinct", expected.distinct())
                .with(sent);
    }
}
