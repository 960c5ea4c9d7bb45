// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.operator.BatchTime;
import java.util.ArrayList;
import java.util.List;

/** How two models differ on some records of a batch. */
record ShadowTally(
        long records,
        long differing,
        long servedFailures,
        long candidateFailures,
        long finite,
        double sum,
        double max,
        List<ShadowReport.Example> first) {

    /** Two versions that are compared. */
    record Versions(String served, String candidate) {}

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
                differs
                        ? List.of(new ShadowReport.Example(one.record(), one.served(), one.candidate()))
                        : List.of());
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

    ShadowReport report(String model, BatchTime batch, Versions versions) {
        return new ShadowReport(
                model,
                batch,
                versions.served(),
                versions.candidate(),
                records,
                differing,
                servedFailures,
                candidateFailures,
                max,
                finite == 0 ? 0 : sum / finite,
                first);
    }
}
