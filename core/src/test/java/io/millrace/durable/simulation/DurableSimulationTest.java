// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Durable jobs under faults drawn by seed: processes die and are started again, power is cut, disks fail and fill up, drivers that were
 * replaced go on. Nothing that was acknowledged may be lost, nothing come twice, outputs and state must agree, and all must be done some
 * time after the last fault. {@code -Dmillrace.sim.seeds=100000} runs that many, {@code -Dmillrace.sim.seed=17} one alone.
 */
class DurableSimulationTest {

    private static final int SEEDS = 1000;

    /** How often a long run says how far it is. */
    private static final int PROGRESS = 5000;

    /** Beyond so many failures no more seeds are run. */
    private static final int ENOUGH = 20;

    @Test
    void losesNothingAndRepeatsNothing() {
        Long one = Long.getLong("millrace.sim.seed");
        long first = one != null ? one : 0;
        long count = one != null ? 1 : Long.getLong("millrace.sim.seeds", SEEDS);
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        long begin = System.currentTimeMillis();
        List<Verdict> verdicts = Seeds.run(first, count, seed -> failed.get() < ENOUGH, seed -> {
            Verdict verdict = World.run(Plan.of(seed), Mutant.NONE);
            if (!verdict.isGood()) {
                failed.incrementAndGet();
            }
            int soFar = done.incrementAndGet();
            if (soFar % PROGRESS == 0) {
                System.out.println("durable simulation: " + soFar + " seeds so far, " + failed.get() + " failed");
            }
            return verdict.isGood() ? verdict.summary() : verdict;
        });
        double seconds = Math.max(1, System.currentTimeMillis() - begin) / 1000.0;
        Optional<Verdict> worst = verdicts.stream()
                .filter(verdict -> !verdict.isGood())
                .min(Comparator.comparingLong(verdict -> verdict.plan().seed()));
        System.out.printf(
                Locale.ROOT,
                "durable simulation: %.1f seeds/s, %d processes, %d batches%n",
                verdicts.size() / seconds,
                verdicts.stream().mapToInt(Verdict::processes).sum(),
                verdicts.stream().mapToInt(Verdict::batches).sum());
        System.out.printf(
                Locale.ROOT,
                "durable simulation: %d seeds, lost %d, duplicated %d, diverged %d, stuck %d%n",
                verdicts.size(),
                count(verdicts, "LOST"),
                count(verdicts, "DUPLICATED"),
                count(verdicts, "DIVERGED"),
                count(verdicts, "STUCK"));
        worst.ifPresent(verdict -> {
            throw new AssertionError(command(verdict.plan().seed()) + "\nmade smaller: "
                    + Shrinker.shrink(verdict, Mutant.NONE).describe());
        });
    }

    private static long count(List<Verdict> verdicts, String kind) {
        return verdicts.stream().filter(verdict -> verdict.is(kind)).count();
    }

    private static String command(long seed) {
        return "mvn -pl core test -Dtest=DurableSimulationTest -Dmillrace.sim.seed=" + seed;
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 0; seed < 10; seed++) {
            Verdict one = World.run(Plan.of(seed), Mutant.NONE);
            Verdict other = World.run(Plan.of(seed), Mutant.NONE);
            assertThat(other.hash()).as("seed %d", seed).isEqualTo(one.hash());
            assertThat(other.happened()).as("seed %d", seed).isEqualTo(one.happened());
        }
        assertThat(World.run(Plan.of(1), Mutant.NONE).hash())
                .isNotEqualTo(World.run(Plan.of(2), Mutant.NONE).hash());
    }
}
