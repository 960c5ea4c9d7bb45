// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares the plain model, by which deviations are judged, to Spark. */
class ReferenceTest {

    @Test
    void answersAsSparkWhereSparkHasNoFlaw() throws Exception {
        List<String> differences = new ArrayList<>();
        for (StreamCase streamCase : StreamCase.in(Path.of("src/test/resources/stream-cases/dstream"))) {
            if (streamCase.spark().refusal().isPresent()) {
                continue;
            }
            Program program = streamCase.program();
            Reference.Answer right = Reference.to(program);
            if (right.flaws().isEmpty()) {
                new Comparison(program)
                        .difference(streamCase.spark(), right.outcome())
                        .ifPresent(difference -> differences.add(streamCase.id() + ": " + difference));
            }
        }

        assertThat(differences).isEmpty();
    }
}
