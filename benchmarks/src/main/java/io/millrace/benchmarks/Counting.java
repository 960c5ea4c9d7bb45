// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;

/** How a batch's words are counted before they meet the totals. */
enum Counting {
    /** With {@code mapToPair} and {@code reduceByKey}. */
    REDUCE("reduce"),
    /** With {@code countByValue}. */
    COUNT_BY_VALUE("countByValue");

    private final String option;

    Counting(String option) {
        this.option = option;
    }

    /** How often each word occurs in each batch. */
    PairDStream<String, Long> counts(DStream<String> words) {
        return switch (this) {
            case REDUCE -> words.mapToPair(word -> Pair.of(word, 1L)).reduceByKey(Long::sum);
            case COUNT_BY_VALUE -> words.countByValue();
        };
    }

    /** What the command line says for it. */
    @Override
    public String toString() {
        return option;
    }
}
