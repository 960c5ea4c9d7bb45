// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an error says that has no name: the words that any wording of it has.
 *
 * @param words what must occur in another message of the same meaning, in any case
 */
record Meaning(List<String> words) {

    private static final List<String> SUBJECTS = List.of(
            "dropDuplicatesWithinWatermark",
            "sort",
            "limit",
            "distinct",
            "union",
            "join",
            "session window",
            "delay",
            "correctness",
            "aggregation");

    /** The meaning of one of Spark's messages: what it is about. */
    static Meaning of(String message) {
        return new Meaning(SUBJECTS.stream()
                .filter(subject -> contains(message, subject))
                .limit(1)
                .toList());
    }

    /** Whether a message says the same. */
    boolean isIn(String message) {
        return words.stream().allMatch(word -> contains(message, word));
    }

    private static boolean contains(String message, String subject) {
        String lower = message.toLowerCase(Locale.ROOT);
        return Stream.of(subject.split(" ", -1)).allMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }
}
