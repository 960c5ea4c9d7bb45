// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import io.millrace.table.TableSession;
import io.millrace.table.conformance.StructuredCase.Form;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be said of one case.
 *
 * @param id the case
 * @param kind how it went: of its two forms the worse
 * @param reason why it did not pass; empty if it did
 */
record Verdict(String id, Kind kind, String reason) {

    /** How a case went, the worst last. */
    enum Kind {
        /** As in Spark. */
        PASSED,
        /** Not as in Spark, and rightly so. */
        DEVIATING,
        /** It says what the API does not have. */
        UNSUPPORTED,
        /** Neither as in Spark nor rightly otherwise. */
        FAILED
    }

    /** Runs a case in both its forms. */
    static Verdict of(StructuredCase structuredCase, TableSession session) {
        Verdict operators = of(structuredCase, Form.OPS, session);
        if (structuredCase.sql().isEmpty()) {
            return operators;
        }
        Verdict sql = of(structuredCase, Form.SQL, session);
        return sql.kind.compareTo(operators.kind) > 0 ? sql : operators;
    }

    private static Verdict of(StructuredCase structuredCase, Form form, TableSession session) {
        try {
            return judged(structuredCase, form, CaseRun.of(structuredCase, form, session));
        } catch (UnsupportedCaseException e) {
            return verdict(structuredCase, form, Kind.UNSUPPORTED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | AssertionError e) {
            return verdict(structuredCase, form, Kind.FAILED, "it broke: " + e + " at " + e.getStackTrace()[0]);
        }
    }

    private static Verdict judged(StructuredCase structuredCase, Form form, Outcome actual) {
        Outcome spark = structuredCase.spark(form);
        Optional<String> difference = new Comparison(structuredCase).difference(spark, actual);
        if (difference.isEmpty()) {
            return new Verdict(structuredCase.id(), Kind.PASSED, "");
        }
        Set<Flaw> flaws = Deviations.of(structuredCase, spark, actual);
        return flaws.isEmpty()
                ? verdict(structuredCase, form, Kind.FAILED, difference.get())
                : verdict(structuredCase, form, Kind.DEVIATING, flaws + ": " + difference.get());
    }

    private static Verdict verdict(StructuredCase structuredCase, Form form, Kind kind, String reason) {
        return new Verdict(structuredCase.id(), kind, form.name().toLowerCase(Locale.ROOT) + ": " + reason);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + id + ", " + reason;
    }
}
