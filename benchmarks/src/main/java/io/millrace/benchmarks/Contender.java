// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param peer the engine that it belongs to, if that is not this one
 * @param mainClass what is run
 * @param arguments what it is told beyond what all are told
 */
record Contender(String name, Optional<Peer> peer, String mainClass, List<String> arguments) {

    private static final Map<String, String> KNOWN = Map.of(
            "naive",
            NaiveLoop.class.getName(),
            "bytes",
            BytesLoop.class.getName(),
            "raw",
            RawLatencyLoop.class.getName(),
            "millrace",
            MillraceWordCount.class.getName(),
            "millrace-structured",
            MillraceStructured.class.getName(),
            "millrace-slow-sink",
            MillraceSlowSink.class.getName(),
            "millrace-killed",
            MillraceKilled.class.getName(),
            "millrace-latency",
            MillraceLatency.class.getName());

    /** Takes a private copy of the arguments. */
    Contender {
        arguments = List.copyOf(arguments);
    }

    /**
     * The contender that is known by this name, or {@code name=main.Class}; further arguments follow after colons, as in
     * {@code millrace:--variant=countByValue:--slots=1}, and are part of its name.
     */
    static Contender of(String text) {
        String[] parts = text.split(":", -1);
        List<String> arguments = List.of(parts).subList(1, parts.length);
        int equals = parts[0].indexOf('=');
        if (equals > 0) {
            String name = parts[0].substring(0, equals) + text.substring(parts[0].length());
            return new Contender(name, Optional.empty(), parts[0].substring(equals + 1), arguments);
        }
        if (parts[0].equals(Peer.SPARK.id())) {
            return new Contender(text, Optional.of(Peer.SPARK), Peer.SPARK.named("SparkWordCount"), arguments);
        }
        String mainClass = KNOWN.get(parts[0]);
        if (mainClass == null) {
            throw new IllegalArgumentException(
                    "contender must be spark or one of " + KNOWN.keySet() + ", but is " + parts[0]);
        }
        return new Contender(text, Optional.empty(), mainClass, arguments);
    }

    /** Its process, which has begun. */
    JavaProcess start(List<String> jvmFlags, List<String> commandLine) throws IOException {
        if (peer.isEmpty()) {
            return JavaProcess.start(jvmFlags, mainClass, commandLine);
        }
        return JavaProcess.startOn(peer.get().requiredClassPath(), peer.get().flags(jvmFlags), mainClass, commandLine);
    }
}
