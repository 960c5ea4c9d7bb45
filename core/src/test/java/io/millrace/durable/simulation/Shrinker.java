// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Makes a plan that fails smaller, as long as it fails: first whole kinds of faults go, then single steps, then records. */
final class Shrinker {

    private static final int RUNS = 300;

    private final Mutant mutant;
    private Verdict smallest;
    private int runs;

    private Shrinker(Verdict failed, Mutant mutant) {
        this.smallest = failed;
        this.mutant = mutant;
    }

    /** The failure of the smallest plan that was found. */
    static Verdict shrink(Verdict failed, Mutant mutant) {
        Shrinker shrinker = new Shrinker(failed, mutant);
        shrinker.dropKinds();
        boolean smaller = true;
        while (smaller) {
            boolean fewer = shrinker.dropSteps();
            smaller = shrinker.sendLess() || fewer;
        }
        return shrinker.smallest;
    }

    private boolean fails(List<Plan.Step> steps) {
        if (runs >= RUNS) {
            return false;
        }
        runs++;
        Verdict verdict = World.run(smallest.plan().with(steps), mutant);
        if (!verdict.isGood()) {
            smallest = verdict;
        }
        return !verdict.isGood();
    }

    private List<Plan.Step> without(Predicate<Plan.Step> dropped) {
        return smallest.plan().steps().stream().filter(dropped.negate()).toList();
    }

    private void dropKinds() {
        Set<Plan.Kind> kinds = EnumSet.noneOf(Plan.Kind.class);
        smallest.plan().steps().stream().filter(Plan.Step::isFault).forEach(step -> kinds.add(step.kind()));
        kinds.forEach(kind -> fails(without(step -> step.kind() == kind)));
    }

    private boolean dropSteps() {
        boolean dropped = false;
        for (Plan.Step one : smallest.plan().steps()) {
            dropped |= fails(without(one::equals));
        }
        return dropped;
    }

    private boolean sendLess() {
        boolean less = false;
        for (Plan.Step one : smallest.plan().steps()) {
            if (one.kind() == Plan.Kind.SEND && one.b() > 1) {
                List<Plan.Step> steps = new ArrayList<>(smallest.plan().steps());
                int place = steps.indexOf(one);
                if (place >= 0) {
                    steps.set(place, new Plan.Step(one.at(), one.after(), one.kind(), one.a(), 1));
                    less |= fails(steps);
                }
            }
        }
        return less;
    }
}
