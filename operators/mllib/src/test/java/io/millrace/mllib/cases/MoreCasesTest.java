// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases that the program in {@code src/oracle} made. */
class MoreCasesTest {

    static List<CaseFiles> cases() throws IOException, URISyntaxException {
        return CaseFiles.in(
                Path.of(MoreCasesTest.class.getResource("/mllib-cases-more").toURI()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scoresAsSparkDoes(CaseFiles files) {
        CaseRunner.Result result = new CaseRunner(files).run();

        assertThat(result.detail()).as(files.name()).isNull();
        assertThat(result.outcome()).as(files.name()).isEqualTo(CaseRunner.Outcome.PASSED);
        assertThat(result.schema()).as("output schema of " + files.name()).isNull();
    }
}
