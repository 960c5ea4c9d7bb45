// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import java.util.List;
import java.util.Map;

/** Runs the batches of a case of an online learner. */
@FunctionalInterface
interface OnlineCase {

    /** The runners by {@code algorithm} in {@code case.json}; a case of another algorithm counts as unsupported. */
    Map<String, OnlineCase> RUNNERS = Map.of(
            "StreamingKMeans", OnlineRunners::kMeans,
            "StreamingLinearRegressionWithSGD", OnlineRunners::linear,
            "StreamingLogisticRegressionWithSGD", OnlineRunners::logistic);

    /**
     * The state after each batch, with the keys of {@code expected.jsonl}: {@code batch}, {@code centers} and
     * {@code weights}, or {@code weights}, {@code intercept} and {@code probe}.
     *
     * @param description {@code case.json}: the settings, the initial centers and weights
     * @param batches {@code batches.jsonl}
     * @param expected {@code expected.jsonl}, for the features of the probes only
     */
    List<Map<String, Object>> run(Map<?, ?> description, List<Map<?, ?>> batches, List<Map<?, ?>> expected);
}
