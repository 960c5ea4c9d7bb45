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

    private static final String PACKAGE = "org.apache.spark.ml.";
    private static final Map<String, StageLoader> PIPELINES =
            Map.ofEntries(entry(PACKAGE + "PipelineModel", PipelineModel::load));

    private StageRegistry() {}

    /** Looks only at the lists of the class's package: to set up all of them takes a new JVM longer than a small model. */
    static @Nullable StageLoader find(String className) {
        int dot = className.indexOf('.', PACKAGE.length());
        if (!className.startsWith(PACKAGE) || dot < 0) {
            return PIPELINES.get(className);
        }
        return switch (className.substring(PACKAGE.length(), dot)) {
            case "classification" -> withTrees(ClassificationStages.LOADERS, className);
            case "clustering" -> ClusteringStages.LOADERS.get(className);
            case "feature" -> feature(className);
            case "fpm" -> PatternStages.LOADERS.get(className);
            case "recommendation" -> RecommendationStages.LOADERS.get(className);
            case "regression" -> withTrees(RegressionStages.LOADERS, className);
            case "tuning" -> TuningStages.LOADERS.get(className);
            default -> null;
        };
    }

    private static @Nullable StageLoader withTrees(Map<String, StageLoader> others, String className) {
        StageLoader found = others.get(className);
        return found != null ? found : TreeStages.LOADERS.get(className);
    }

    private static @Nullable StageLoader feature(String className) {
        StageLoader found = TextStages.LOADERS.get(className);
        if (found == null) {
            found = NumericStages.LOADERS.get(className);
        }
        if (found == null) {
            found = CategoryStages.LOADERS.get(className);
        }
        return found != null ? found : AssemblyStages.LOADERS.get(className);
    }

    static Set<String> classNames() {
        return collect(List.of(
                        PIPELINES,
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
                        TuningStages.LOADERS))
                .keySet();
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
