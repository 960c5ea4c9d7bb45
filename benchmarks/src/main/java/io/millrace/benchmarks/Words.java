// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.operator.BatchTime;
import io.millrace.operator.KeyState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions a user writes for a word count. */
final class Words {

    private Words() {}

    /** The words of a line. */
    @SuppressWarnings("StringSplitter") // a single blank is exactly what separates words here
    static List<String> split(String line) {
        return Arrays.asList(line.split(" "));
    }

    /** The words of a line of a {@link FixedRateLoad}, without its send time. */
    static List<String> splitAfterStamp(String line) {
        List<String> fields = split(line);
        return fields.subList(1, fields.size());
    }

    /** Counts a word in its state and emits nothing. */
    static Optional<Long> count(BatchTime time, String word, Optional<Long> ones, KeyState<Long> total) {
        total.update((total.exists() ? total.get() : 0L) + ones.orElse(0L));
        return Optional.empty();
    }

    /** A word's next total. */
    static Optional<Long> add(List<Long> counts, Optional<Long> total) {
        long sum = total.orElse(0L);
        for (long count : counts) {
            sum += count;
        }
        return Optional.of(sum);
    }
}
