// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * How a candidate and the model in service differ on the records of one batch. Predictions are equal if they are the same number; not-a-number
 * equals itself.
 *
 * @param model the name of the served model
 * @param batch the batch
 * @param served the label of the version in service
 * @param candidate the label of the candidate
 * @param records how many records both were given
 * @param differing how many of them they disagree on, those included on which one of them failed
 * @param servedFailures on how many the model in service failed
 * @param candidateFailures on how many the candidate failed
 * @param maxDifference the largest distance of two predictions, where both are finite
 * @param meanDifference the mean distance of two predictions over all records for which both are finite; 0 if there is none
 * @param first some records they disagree on, at most {@value #EXAMPLES}: the first of a part of the batch
 */
public record ShadowReport(
        String model,
        BatchTime batch,
        String served,
        String candidate,
        long records,
        long differing,
        long servedFailures,
        long candidateFailures,
        double maxDifference,
        double meanDifference,
        List<Example> first) {

    /** How many records are named. */
    public static final int EXAMPLES = 5;

    /**
     * A record that they disagree on.
     *
     * @param record the record
     * @param served what the model in service says; not-a-number if it failed
     * @param candidate what the candidate says; not-a-number if it failed
     */
    public record Example(Object record, double served, double candidate) {}

    /** Copies the examples. */
    public ShadowReport {
        first = List.copyOf(first);
    }

    /** Which share of the records they disagree on, from 0 to 1. */
    public double share() {
        return records == 0 ? 0 : (double) differing / records;
    }
}
