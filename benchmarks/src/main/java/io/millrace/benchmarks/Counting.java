// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StateSpec;

/** How words are counted. */
enum Counting {
    /** With {@code reduceByKey} per batch, and {@code updateStateByKey}. */
    REDUCE("reduce"),
    /** With {@code countByValue} per batch, and {@code updateStateByKey}. */
    COUNT_BY_VALUE("countByValue"),
    /** With {@code mapWithState}, whose function is called for every word; the totals are its snapshots. */
    MAP_WITH_STATE("mapWithState");

    private final String option;

    Counting(String option) {
        this.option = option;
    }

    /** How often each word occurs in each batch. */
    PairDStream<String, Long> counts(DStream<String> words) {
        return switch (this) {
            case REDUCE -> words.mapToPair(word -> Pair.of(word, 1L)).reduceByKey(Long::sum);
            case COUNT_BY_VALUE -> words.countByValue();
            case MAP_WITH_STATE -> throw new IllegalArgumentException(this + " has totals only, no counts per batch");
        };
    }

    /** The running total of every word after each batch. */
    PairDStream<String, Long> totals(DStream<String> words) {
        if (this == MAP_WITH_STATE) {
            return words.mapToPair(word -> Pair.of(word, 1L))
                    .mapWithState(StateSpec.function(Words::count))
                    .stateSnapshots();
        }
        return counts(words).updateStateByKey(Words::add);
    }

    /** What the command line says for it. */
    @Override
    public String toString() {
        return option;
    }
}
