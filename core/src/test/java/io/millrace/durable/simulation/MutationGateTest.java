// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The simulation finds rules that are broken on purpose. The plain build runs each on a few seeds around one that is known to find it; all
 * seeds from 0 on, until one finds it, at most a thousand, by {@code mvn -pl core test -Dtest=MutationGateTest -Dmillrace.sim.mutants=true}.
 * That also says which seeds are to be known.
 */
class MutationGateTest {

    private static final int SEEDS = 1000;
    private static final List<Long> FOUND = new ArrayList<>();

    /** So many seeds from the known one on are tried: the run of a seed changes with the engine. */
    private static final int AROUND = 40;

    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFoundNearTheSeedThatIsKnown(Mutant mutant) {
        long known = known(mutant);
        assertThat(find(mutant, known, AROUND))
                .as("a seed from %d to %d that finds %s", known, known + AROUND - 1, mutant)
                .isPresent();
    }

    /** A seed that finds the mutant, from the file of them. */
    private static long known(Mutant mutant) {
        Properties seeds = new Properties();
        try (InputStream file = MutationGateTest.class.getResourceAsStream("/mutants.properties")) {
            seeds.load(Objects.requireNonNull(file, "mutants.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.parseLong(Objects.requireNonNull(seeds.getProperty(mutant.name()), mutant.name()));
    }

    /** The verdict of a seed of these that finds the mutant, the first one of those that were run. */
    private static Optional<Verdict> find(Mutant mutant, long first, int seeds) {
        AtomicLong found = new AtomicLong(Long.MAX_VALUE);
        return Seeds.run(first, seeds, seed -> seed < found.get(), seed -> {
                    Verdict verdict = World.run(Plan.of(seed), mutant);
                    if (!verdict.isGood()) {
                        found.accumulateAndGet(seed, Math::min);
                    }
                    return verdict;
                })
                .stream()
                .filter(verdict -> !verdict.isGood())
                .min(Comparator.comparingLong(verdict -> verdict.plan().seed()));
    }

    @EnabledIfSystemProperty(named = "millrace.sim.mutants", matches = "true", disabledReason = "takes minutes")
    @ParameterizedTest
    @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFound(Mutant mutant) {
        Optional<Verdict> found = find(mutant, 0, SEEDS);
        assertThat(found).as("a seed that finds %s", mutant).isPresent();
        Verdict verdict = found.orElseThrow();
        FOUND.add(verdict.plan().seed());
        System.out.printf(
                Locale.ROOT,
                "mutant %s: found by seed %d, %s%n",
                mutant,
                verdict.plan().seed(),
                excerpt(verdict.problems().get(0)));
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
