// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.Map;

/**
 * A program that takes part in a comparison, in a process of its own.
 *
 * <p>Its command line is that of {@link ContenderOptions}: {@code host port [--warmup s] [--seconds s] [--interval-ms
 * ms] [--totals file]}. It connects to host and port and reads lines until the sender closes. On stdout it prints what
 * {@link Measurement} prints: a line {@code measured} when its window ends, and after the end of the stream a line
 * {@code finished} with the {@link Totals}. After {@code measured} the sender is told to stop, and the line with which
 * the sender says what it sent is passed to the contender's stdin; a contender that sees the end of the stream need not
 * read it.
 *
 * @param name what it is called in the results
 * @param mainClass what is run
 */
record Contender(String name, String mainClass) {

    private static final Map<String, String> KNOWN = Map.of(
            "naive", NaiveLoop.class.getName(),
            "bytes", BytesLoop.class.getName(),
            "raw", RawLatencyLoop.class.getName(),
            "millrace", "io.millrace.benchmarks.MillraceWordCount",
            "millrace-latency", "io.millrace.benchmarks.MillraceLatency");

    /** The contender that is known by this name, or {@code name=main.Class}. */
    static Contender of(String text) {
        int equals = text.indexOf('=');
        if (equals > 0) {
            return new Contender(text.substring(0, equals), text.substring(equals + 1));
        }
        String mainClass = KNOWN.get(text);
        if (mainClass == null) {
            throw new IllegalArgumentException("contender must be one of " + KNOWN.keySet() + ", but is " + text);
        }
        return new Contender(text, mainClass);
    }
}
