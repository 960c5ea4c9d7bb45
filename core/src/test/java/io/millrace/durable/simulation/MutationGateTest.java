// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulation finds rules that are broken on purpose, within a thousand seeds. Takes minutes: {@code mvn -pl core test
 * -Dtest=MutationGateTest -Dmillrace.sim.mutants=true}.
 */
class MutationGateTest {

    private static final int SEEDS = 1000;
    private static final List<Long> FOUND = new ArrayList<>();

    @EnabledIfSystemProperty(named = "millrace.sim.mutants", matches = "true", disabledReason = "takes minutes")
    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFound(Mutant mutant) {
        AtomicLong found = new AtomicLong(Long.MAX_VALUE);
        List<Verdict> verdicts = Seeds.run(0, SEEDS, seed -> seed < found.get(), seed -> {
            Verdict verdict = World.run(Plan.of(seed), mutant);
            if (!verdict.isGood()) {
                found.accumulateAndGet(seed, Math::min);
            }
            return verdict;
        });
        assertThat(found.get()).as("the seed that finds %s", mutant).isLessThan(SEEDS);
        FOUND.add(found.get());
        verdicts.stream()
                .filter(verdict -> verdict.plan().seed() == found.get())
                .forEach(verdict -> System.out.printf(
                        Locale.ROOT,
                        "mutant %s: found by seed %d, %s%n",
                        mutant,
                        found.get(),
                        excerpt(verdict.problems().get(0))));
    }

    private static String excerpt(String problem) {
        return problem.substring(0, Math.min(160, problem.length()));
    }

    @Test
    void thereAreThirteen() {
        assertThat(Arrays.stream(Mutant.values()).filter(mutant -> mutant != Mutant.NONE))
                .hasSize(13);
    }

    @AfterAll
    static void sayTheMedian() {
        List<Long> sorted = FOUND.stream().sorted().toList();
        if (!sorted.isEmpty()) {
            System.out.printf(
                    Locale.ROOT, "mutants: %d found, median seed %d%n", sorted.size(), sorted.get(sorted.size() / 2));
        }
    }
}
