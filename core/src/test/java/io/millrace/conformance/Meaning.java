// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.List;
import java.util.Locale;

/**
 * What an error says. Of the errors that engines word themselves the words that any wording has; of those that the functions of a
 * program throw, their very message.
 *
 * @param words what must occur in another message of the same meaning, in any case
 */
record Meaning(List<String> words) {

    private record Known(String inSpark, List<String> words) {}

    private static final List<Known> KNOWN = List.of(
            new Known("different slide durations", List.of("slide")),
            new Known("multiple of", List.of("multiple")),
            new Known("lower than its slide time", List.of("slide")),
            new Known("No output operations registered", List.of("no output")),
            new Known("must not return null", List.of("null")),
            new Known("checkpoint directory", List.of("checkpoint", "directory")),
            new Known("Cannot update the state that is timing out", List.of("update", "timing out")),
            new Known("Cannot remove the state that is timing out", List.of("remove", "timing out")),
            new Known("Cannot update the state after it has been removed", List.of("update", "removed")),
            new Known("Cannot remove the state that has already been removed", List.of("removed", "cannot")),
            new Known("State is not set", List.of("not set")));

    /** The meaning of one of Spark's messages. */
    static Meaning of(String message) {
        for (Known known : KNOWN) {
            if (message.contains(known.inSpark)) {
                return new Meaning(known.words);
            }
        }
        return new Meaning(List.of(message));
    }

    /** Whether a message says the same. */
    boolean isIn(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(word -> lower.contains(word.toLowerCase(Locale.ROOT)));
    }
}
