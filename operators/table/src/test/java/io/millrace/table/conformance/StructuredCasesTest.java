// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.TableSession;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the cases of Spark's structured streaming through the public API, each from its SQL text and from its list of operators.
 *
 * <p>{@code -Dmillrace.structuredCases=DIR} has it run those of another folder. The last line it prints is {@code structured cases: P passed,
 * F failed, U unsupported, D deviating}; each case that did not pass is named above it.
 */
class StructuredCasesTest {

    @Test
    void answersAsSparkOrRightly() throws Exception {
        try (TableSession session = TableSession.builder().build()) {
            CaseReport report = new CaseReport(session);
            for (StructuredCase structuredCase : StructuredCase.in(folder())) {
                report.add(structuredCase);
            }
            PrintStream out = System.out;
            report.lines().forEach(out::println);
            out.flush();

            assertThat(report.count(Verdict.Kind.FAILED)).isZero();
            assertThat(report.count(Verdict.Kind.UNSUPPORTED)).isZero();
        }
    }

    static Path folder() throws URISyntaxException {
        String given = System.getProperty("millrace.structuredCases");
        if (given != null) {
            // tests run in the folder of their module, Maven perhaps in one above
            return Stream.of(Path.of(given), Path.of("..", given), Path.of("..", "..", given))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("millrace.structuredCases is no folder: " + given));
        }
        URL cases = Objects.requireNonNull(StructuredCasesTest.class.getResource("/structured-cases"));
        return Path.of(cases.toURI());
    }
}
