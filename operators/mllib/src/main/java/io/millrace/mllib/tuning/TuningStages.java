// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tuning;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The model selections that can be loaded. One line per class that Spark saves. */
public final class TuningStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.tuning.CrossValidatorModel", CrossValidatorModel::load),
            entry("org.apache.spark.ml.tuning.TrainValidationSplitModel", TrainValidationSplitModel::load));

    private TuningStages() {}
}
