// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be said of one case.
 *
 * @param id the case
 * @param kind how it went
 * @param reason why it did not pass; empty if it did
 */
record Verdict(String id, Kind kind, String reason) {

    /** How a case went. */
    enum Kind {
        /** As in Spark. */
        PASSED,
        /** Neither as in Spark nor rightly otherwise. */
        FAILED,
        /** It uses what the language does not have. */
        UNSUPPORTED,
        /** Not as in Spark, and rightly so. */
        DEVIATING
    }

    /** Runs a case. */
    static Verdict of(StreamCase streamCase) {
        try {
            return judged(streamCase, streamCase.program(), streamCase.spark());
        } catch (UnsupportedProgramException e) {
            return new Verdict(streamCase.id(), Kind.UNSUPPORTED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | AssertionError e) {
            return new Verdict(streamCase.id(), Kind.FAILED, "it broke: " + e);
        }
    }

    private static Verdict judged(StreamCase streamCase, Program program, Outcome spark) {
        Outcome actual = Interpreter.run(program);
        Optional<String> difference = new Comparison(program).difference(spark, actual);
        if (difference.isEmpty()) {
            return new Verdict(streamCase.id(), Kind.PASSED, "");
        }
        Set<Flaw> flaws = Deviations.of(program, spark, actual);
        return flaws.isEmpty()
                ? new Verdict(streamCase.id(), Kind.FAILED, difference.get())
                : new Verdict(streamCase.id(), Kind.DEVIATING, flaws + ": " + difference.get());
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + id + ": " + reason;
    }
}
