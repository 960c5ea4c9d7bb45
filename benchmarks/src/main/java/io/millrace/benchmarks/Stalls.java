// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** When a sender was blocked by its reader, for how long: only what took {@link #LEAST} or more. */
final class Stalls {

    /** The shortest time that counts. */
    static final Duration LEAST = Duration.ofMillis(200);

    private static final long LEAST_MICROS = LEAST.toNanos() / 1_000;
    private static final int MOST_REMEMBERED = 10_000;

    /** A stall by its begin, {@link EpochMicros}, and its length. */
    private record Stall(long begin, long micros) {

        static Stall parse(String text) {
            int plus = text.indexOf('+');
            return new Stall(Long.parseLong(text.substring(0, plus)), Long.parseLong(text.substring(plus + 1)));
        }

        long end() {
            return begin + micros;
        }

        @Override
        public String toString() {
            return begin + "+" + micros;
        }
    }

    private final List<Stall> stalls;

    private Stalls(List<Stall> stalls) {
        this.stalls = new ArrayList<>(stalls);
    }

    Stalls() {
        this(List.of());
    }

    /** Notes that a write took this time. */
    void wrote(long beginMicros, long endMicros) {
        if (endMicros - beginMicros >= LEAST_MICROS && stalls.size() < MOST_REMEMBERED) {
            stalls.add(new Stall(beginMicros, endMicros - beginMicros));
        }
    }

    /** The line with the stalls. */
    JsonLine describe(JsonLine line) {
        return line.with("stalls", stalls.stream().map(Stall::toString).collect(Collectors.joining(" ")));
    }

    /** The stalls that {@link #describe} put into the line. */
    static Stalls of(JsonLine line) {
        return new Stalls(Arrays.stream(line.text("stalls").split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(Stall::parse)
                .toList());
    }

    /** How long after this time the sender was blocked for the first time; 0 if it was already. */
    OptionalLong firstAfter(long micros) {
        return stalls.stream()
                .filter(stall -> stall.end() > micros)
                .mapToLong(stall -> Math.max(0, stall.begin() - micros))
                .min();
    }

    /** The part of the time between the two, from 0 to 1, for which the sender was blocked. */
    double share(long fromMicros, long toMicros) {
        long blocked = stalls.stream()
                .mapToLong(stall -> Math.max(0, Math.min(stall.end(), toMicros) - Math.max(stall.begin(), fromMicros)))
                .sum();
        return (double) blocked / (toMicros - fromMicros);
    }
}
