// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a feeder says, second by second.
 *
 * @param seconds for each second a line, or nothing, or several lines with line feeds between them
 */
record Script(List<Optional<String>> seconds) {

    /** What is typed into {@code nc} in the notebook that Millrace began with. */
    static final Script SEED = new Script(List.of(
            Optional.of("blue blue blue blue blue green green green"),
            Optional.of("gohawks"),
            Optional.empty(),
            Optional.of("green green")));

    /** A script of these lines, one a second; an empty one stands for a second in which nothing is said. */
    static Script of(String... lines) {
        return new Script(Arrays.stream(lines)
                .map(line -> line.isEmpty() ? Optional.<String>empty() : Optional.of(line))
                .toList());
    }

    /** A script with several lines a second. */
    static Script ofLines(int seconds, Supplier<List<String>> lines) {
        return new Script(Stream.generate(() -> Optional.of(String.join("\n", lines.get())))
                .limit(seconds)
                .toList());
    }

    Script {
        seconds = List.copyOf(seconds);
    }

    int size() {
        return seconds.size();
    }
}
