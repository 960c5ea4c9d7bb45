// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.TableSession;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Runs further cases, which Spark 4.1.0 has answered, in the same way as {@link StructuredCasesTest}. */
class RecordedCasesTest {

    @Test
    void answersAsSpark() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(RecordedCasesTest.class.getResource("/structured-cases-recorded"))
                .toURI());
        try (TableSession session = TableSession.builder().build()) {
            CaseReport report = new CaseReport(session);
            for (StructuredCase structuredCase : StructuredCase.in(folder)) {
                report.add(structuredCase);
            }

            assertThat(report.lines()).hasSize(1);
            assertThat(report.count(Verdict.Kind.PASSED)).isGreaterThan(50);
        }
    }
}
