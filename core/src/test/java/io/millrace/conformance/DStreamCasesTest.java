// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Runs the cases of Spark's DStreams through the public API.
 *
 * <p>{@code -Dmillrace.dstreamCases=DIR} has it run those of another folder. The last line it prints is {@code dstream cases: P passed, F
 * failed, U unsupported, D deviating}; each case that did not pass is named above it.
 */
class DStreamCasesTest {

    @Test
    void answersAsSparkOrRightly() throws Exception {
        CaseReport report = new CaseReport();
        for (StreamCase streamCase : StreamCase.in(folder())) {
            report.add(streamCase);
        }
        print(report);

        assertThat(report.count(Verdict.Kind.FAILED)).isZero();
        assertThat(report.count(Verdict.Kind.UNSUPPORTED)).isZero();
    }

    private static Path folder() throws URISyntaxException {
        String given = System.getProperty("millrace.dstreamCases");
        if (given != null) {
            // tests run in the folder of their module, Maven perhaps in the one above
            return Stream.of(Path.of(given), Path.of("..", given))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("millrace.dstreamCases is no folder: " + given));
        }
        URL cases = Objects.requireNonNull(DStreamCasesTest.class.getResource("/stream-cases/dstream"));
        return Path.of(cases.toURI());
    }

    private static void print(CaseReport report) throws IOException {
        PrintStream out = System.out;
        report.lines().forEach(out::println);
        out.flush();
    }
}
