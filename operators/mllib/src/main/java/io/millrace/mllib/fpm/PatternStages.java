// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.fpm;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The pattern models that can be loaded. One line per class that Spark saves. */
public final class PatternStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS =
            Map.ofEntries(entry("org.apache.spark.ml.fpm.FPGrowthModel", FPGrowthModel::load));

    private PatternStages() {}
}
