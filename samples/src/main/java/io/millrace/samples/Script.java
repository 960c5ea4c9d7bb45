// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a feeder says, second by second.
 *
 * @param seconds for each second a line, or nothing
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

    Script {
        seconds = List.copyOf(seconds);
    }

    int size() {
        return seconds.size();
    }
}
