// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import static java.util.Map.entry;

import io.millrace.mllib.classification.ClassificationStages;
import io.millrace.mllib.clustering.ClusteringStages;
import io.millrace.mllib.feature.AssemblyStages;
import io.millrace.mllib.feature.CategoryStages;
import io.millrace.mllib.feature.NumericStages;
import io.millrace.mllib.feature.TextStages;
import io.millrace.mllib.fpm.PatternStages;
import io.millrace.mllib.model.StageLoader;
import io.millrace.mllib.recommendation.RecommendationStages;
import io.millrace.mllib.regression.RegressionStages;
import io.millrace.mllib.tree.TreeStages;
import io.millrace.mllib.tuning.TuningStages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The closed list of classes that can be loaded. Names in metadata choose from it and are never given to a class loader. */
final class StageRegistry {

    private static final Map<String, StageLoader> LOADERS = collect(List.of(
            Map.ofEntries(entry("org.apache.spark.ml.PipelineModel", PipelineModel::load)),
            ClassificationStages.LOADERS,
            RegressionStages.LOADERS,
            TreeStages.LOADERS,
            ClusteringStages.LOADERS,
            RecommendationStages.LOADERS,
            PatternStages.LOADERS,
            TextStages.LOADERS,
            NumericStages.LOADERS,
            CategoryStages.LOADERS,
            AssemblyStages.LOADERS,
            TuningStages.LOADERS));

    private StageRegistry() {}

    static @Nullable StageLoader find(String className) {
        return LOADERS.get(className);
    }

    static Set<String> classNames() {
        return LOADERS.keySet();
    }

    private static Map<String, StageLoader> collect(List<Map<String, StageLoader>> families) {
        Map<String, StageLoader> all = new HashMap<>();
        for (Map<String, StageLoader> family : families) {
            family.forEach((name, loader) -> {
                if (all.put(name, loader) != null) {
                    throw new IllegalStateException(name + " is listed twice");
                }
            });
        }
        return Map.copyOf(all);
    }
}
