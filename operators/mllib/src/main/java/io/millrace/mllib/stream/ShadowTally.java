// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.operator.BatchTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How two models differ on some records of a batch. It travels as a list. */
record ShadowTally(
        long records,
        long differing,
        long servedFailures,
        long candidateFailures,
        long finite,
        double sum,
        double max,
        List<ShadowReport.Example> first) {

    /** What they say of one record. */
    static ShadowTally of(ShadowComparison one) {
        boolean failed = one.servedFailed() || one.candidateFailed();
        boolean differs = failed || Double.compare(one.served() + 0.0, one.candidate() + 0.0) != 0;
        double distance = Math.abs(one.served() - one.candidate());
        boolean finite = !failed && Double.isFinite(distance);
        return new ShadowTally(
                1,
                differs ? 1 : 0,
                one.servedFailed() ? 1 : 0,
                one.candidateFailed() ? 1 : 0,
                finite ? 1 : 0,
                finite ? distance : 0,
                finite ? distance : 0,
                differs ? List.of(new ShadowReport.Example(one.record(), one.served(), one.candidate())) : List.of());
    }

    /** This and another. */
    ShadowTally plus(ShadowTally other) {
        return new ShadowTally(
                records + other.records,
                differing + other.differing,
                servedFailures + other.servedFailures,
                candidateFailures + other.candidateFailures,
                finite + other.finite,
                sum + other.sum,
                Math.max(max, other.max),
                firstOf(first, other.first));
    }

    private static List<ShadowReport.Example> firstOf(
            List<ShadowReport.Example> some, List<ShadowReport.Example> more) {
        if (more.isEmpty() || some.size() >= ShadowReport.EXAMPLES) {
            return some;
        }
        List<ShadowReport.Example> all = new ArrayList<>(some);
        all.addAll(more.subList(0, Math.min(more.size(), ShadowReport.EXAMPLES - some.size())));
        return List.copyOf(all);
    }

    /** The form in which it travels. */
    List<Object> toList() {
        List<Object> examples = new ArrayList<>();
        for (ShadowReport.Example example : first) {
            examples.add(Arrays.asList(example.record(), example.served(), example.candidate()));
        }
        return List.of(records, differing, servedFailures, candidateFailures, finite, sum, max, examples);
    }

    /** The tally of such a list. */
    static ShadowTally of(List<Object> list) {
        List<ShadowReport.Example> examples = new ArrayList<>();
        for (Object example : (List<?>) list.get(7)) {
            List<?> parts = (List<?>) example;
            examples.add(new ShadowReport.Example(parts.get(0), (Double) parts.get(1), (Double) parts.get(2)));
        }
        return new ShadowTally(
                (Long) list.get(0),
                (Long) list.get(1),
                (Long) list.get(2),
                (Long) list.get(3),
                (Long) list.get(4),
                (Double) list.get(5),
                (Double) list.get(6),
                examples);
    }

    /** Two such lists as one. */
    static List<Object> plus(List<Object> some, List<Object> more) {
        return of(some).plus(of(more)).toList();
    }

    /** What is told of it; the versions are those in service and shadowing. */
    ShadowReport report(String model, BatchTime batch, List<String> versions) {
        return new ShadowReport(
                model,
                batch,
                versions.get(0),
                versions.get(1),
                records,
                differing,
                servedFailures,
                candidateFailures,
                max,
                finite == 0 ? 0 : sum / finite,
                first);
    }
}
