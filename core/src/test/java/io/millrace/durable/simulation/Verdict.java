// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import java.util.List;

/**
 * What became of a run.
 *
 * @param plan what was run
 * @param problems what is wrong, each beginning with LOST, DUPLICATED, DIVERGED or STUCK
 * @param happened what happened, for people
 * @param hash of all that was chosen on the way; the same for the same run
 * @param processes how many processes were started
 * @param batches how many batches the outputs have
 */
record Verdict(Plan plan, List<String> problems, List<String> happened, long hash, int processes, int batches) {

    /** Copies the lists. */
    Verdict {
        problems = List.copyOf(problems);
        happened = List.copyOf(happened);
    }

    boolean isGood() {
        return problems.isEmpty();
    }

    /** The same without what happened. */
    Verdict summary() {
        return new Verdict(plan.with(List.of()), problems, List.of(), hash, processes, batches);
    }

    /** True if a problem is of this kind. */
    boolean is(String kind) {
        return problems.stream().anyMatch(problem -> problem.startsWith(kind));
    }

    String describe() {
        return plan.describe() + "\nhappened:\n  " + String.join("\n  ", happened) + "\nproblems:\n  "
                + String.join("\n  ", problems.subList(0, Math.min(12, problems.size())));
    }
}
