// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

/**
 * What a model says of a record, as a number, for comparison.
 *
 * @param <M> the model
 * @param <T> the record
 */
@FunctionalInterface
public interface ModelPrediction<M, T> {

    /** The prediction; what it throws counts as a failure of the model on this record. */
    double predict(M model, T record) throws Exception;
}
