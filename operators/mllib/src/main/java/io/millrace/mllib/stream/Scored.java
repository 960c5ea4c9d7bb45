// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import java.util.Optional;
import org.apache.spark.ml.linalg.DenseVector;

/**
 * A record and all that a model says of it.
 *
 * @param record the record
 * @param prediction the predicted number or class
 * @param raw a number per class, if the model is a classifier
 * @param probability a probability per class, if the model gives them
 * @param <T> the record
 */
public record Scored<T>(T record, double prediction, Optional<DenseVector> raw, Optional<DenseVector> probability) {}
