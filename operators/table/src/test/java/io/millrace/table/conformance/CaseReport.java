// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import io.millrace.table.TableSession;
import io.millrace.table.conformance.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;

/** Runs cases and counts how they went. */
final class CaseReport {

    private final TableSession session;
    private final List<Verdict> verdicts = new ArrayList<>();

    CaseReport(TableSession session) {
        this.session = session;
    }

    /** Runs a case. */
    void add(StructuredCase structuredCase) {
        verdicts.add(Verdict.of(structuredCase, session));
    }

    /** How many cases went so. */
    long count(Kind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).count();
    }

    /** A line for each case that did not pass, and one with the numbers. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict.kind() != Kind.PASSED) {
                lines.add(verdict.toString());
            }
        }
        lines.add("structured cases: " + count(Kind.PASSED) + " passed, " + count(Kind.FAILED) + " failed, "
                + count(Kind.UNSUPPORTED) + " unsupported, " + count(Kind.DEVIATING) + " deviating");
        return lines;
    }
}
