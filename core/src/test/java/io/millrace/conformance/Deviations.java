// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an outcome that is not Spark's is the right one: only if a {@link Flaw} of Spark holds for the program, if everything is
 * as {@link Reference} says, and if what no flaw concerns is as Spark says.
 */
final class Deviations {

    private Deviations() {}

    /** The flaws by which an outcome deviates rightly from Spark's; empty if it does not. */
    static Set<Flaw> of(Program program, Outcome spark, Outcome actual) {
        boolean undefinable =
                spark.refusal().filter(refusal -> refusal.at().equals("define")).isPresent();
        if (undefinable) {
            return Set.of();
        }
        Reference.Answer right = Reference.to(program);
        if (right.flaws().isEmpty() || !explains(right.flaws(), spark)) {
            return Set.of();
        }
        Comparison comparison = new Comparison(program);
        Set<String> concerned = new HashSet<>();
        right.flaws().values().forEach(concerned::addAll);
        Optional<String> difference = comparison
                .difference(right.outcome(), actual)
                .or(() -> comparison.differenceBeside(concerned, spark, actual));
        return difference.isEmpty() ? EnumSet.copyOf(right.flaws().keySet()) : Set.of();
    }

    private static boolean explains(Map<Flaw, Set<String>> flaws, Outcome spark) {
        if (spark.refusal().isEmpty()) {
            return true;
        }
        return flaws.containsKey(Flaw.DIRECTORY_DEMANDED)
                && Meaning.of("checkpoint directory").isIn(spark.refusal().get().message());
    }
}
