// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.ml.linalg.Vector;

/**
 * How something learns from batches.
 *
 * @param update what a batch makes of a model; the model that goes in is not changed
 * @param numbers a model as lists of numbers, which is the form in which the engine keeps it
 * @param model the model of such lists
 * @param predict what a model says of a vector
 * @param features the vector of an example
 * @param bytes an example as bytes, the form in which it travels
 * @param example the example of such bytes
 * @param <P> examples to learn from
 * @param <M> models, immutable
 * @param <R> predictions
 */
record OnlineAlgorithm<P, M, R>(
        BiFunction<M, List<P>, M> update,
        Function<M, List<List<Double>>> numbers,
        Function<List<List<Double>>, M> model,
        BiFunction<M, Vector, R> predict,
        Function<P, Vector> features,
        Function<P, byte[]> bytes,
        Function<byte[], P> example) {}
