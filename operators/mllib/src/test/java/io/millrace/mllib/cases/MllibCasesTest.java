// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs the cases in the test resources or, with {@code -Dmillrace.mllibCases=DIR}, those in a folder of the same layout.
 * {@code -Dmillrace.mllibCase=NAME} runs only the cases whose names begin so.
 */
class MllibCasesTest {

    @Test
    void scoresWhatSparkTrained() throws IOException, URISyntaxException {
        int passed = 0;
        List<String> failed = new ArrayList<>();
        List<String> unsupported = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        for (CaseFiles files : CaseFiles.in(folder())) {
            String name = files.name();
            if (!name.startsWith(System.getProperty("millrace.mllibCase", ""))) {
                continue;
            }
            CaseRunner.Result result = new CaseRunner(files).run();
            if (result.schema() != null) {
                schemas.add(name + ": " + result.schema());
            }
            if (result.outcome() == CaseRunner.Outcome.PASSED) {
                passed++;
            } else if (result.outcome() == CaseRunner.Outcome.UNSUPPORTED) {
                unsupported.add(name + ": " + result.detail());
            } else {
                failed.add(name + ": " + result.detail());
            }
        }
        unsupported.forEach(line -> System.out.println("unsupported " + line));
        failed.forEach(line -> System.out.println("failed " + line));
        schemas.forEach(line -> System.out.println("schema differs " + line));
        System.out.println("mllib schemas: " + schemas.size() + " differ of the cases that passed");
        // nothing is meant to come out otherwise than in Spark
        System.out.println("mllib cases: " + passed + " passed, " + failed.size() + " failed, " + unsupported.size()
                + " unsupported, 0 deviating");
        assertThat(failed).as("cases that failed").isEmpty();
        assertThat(schemas).as("output schemas that differ").isEmpty();
        assertThat(unsupported).as("cases that are not supported").isEmpty();
    }

    private static Path folder() throws URISyntaxException {
        String given = System.getProperty("millrace.mllibCases");
        return given != null
                ? Path.of(given)
                : Path.of(MllibCasesTest.class.getResource("/mllib-cases").toURI());
    }
}
