// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What makes a simulation: two of the same settings that are asked the same do the same.
 *
 * @param start what the clock shows first
 * @param seed of the dice that choose who runs next; empty for first come, first served
 * @param maxSteps how many runnables may run without the simulation becoming idle, before it is taken for a live-lock
 */
public record SimulationSettings(Instant start, OptionalLong seed, long maxSteps) {

    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");
    private static final long MAX_STEPS = 10_000_000;

    /** Checks the bound. */
    public SimulationSettings {
        if (maxSteps < 1) {
            throw new IllegalArgumentException("maxSteps must be at least 1, but is " + maxSteps);
        }
    }

    /** First come, first served, from the start of the year 2000 UTC. */
    public static SimulationSettings fifo() {
        return new SimulationSettings(START, OptionalLong.empty(), MAX_STEPS);
    }

    /** The dice of that seed, from the start of the year 2000 UTC. */
    public static SimulationSettings seeded(long seed) {
        return new SimulationSettings(START, OptionalLong.of(seed), MAX_STEPS);
    }

    /** The same from another time on. */
    public SimulationSettings withStart(Instant other) {
        return new SimulationSettings(other, seed, maxSteps);
    }

    /** The same with another bound. */
    public SimulationSettings withMaxSteps(long other) {
        return new SimulationSettings(start, seed, other);
    }
}
