// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One case: a program and what Spark answered.
 *
 * @param id its name
 * @param line its JSON
 */
record StreamCase(String id, Map<?, ?> line) {

    /** The cases of all files of a folder, in the order of the files' names. */
    static List<StreamCase> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .toList();
        }
        List<StreamCase> cases = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank()) {
                    Map<?, ?> json = (Map<?, ?>) Json.parse(line);
                    cases.add(new StreamCase((String) json.get("id"), json));
                }
            }
        }
        return cases;
    }

    /** The program. */
    Program program() {
        return Program.fromJson(line);
    }

    /** What Spark answered. */
    Outcome spark() {
        return Outcome.fromJson((Map<?, ?>) line.get("expect"));
    }
}
