// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Runs. */
class StructuredCasesTest {

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
