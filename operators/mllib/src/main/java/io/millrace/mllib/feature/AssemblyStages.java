// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static java.util.Map.entry;

import io.millrace.mllib.model.StageLoader;
import java.util.Map;

/** The transformers of whole rows that can be loaded: assemblers, selectors, formulas, SQL. One line per class that Spark saves. */
public final class AssemblyStages {

    /** Loaders by the name of the class that was saved. */
    public static final Map<String, StageLoader> LOADERS = Map.ofEntries(
            entry("org.apache.spark.ml.feature.ChiSqSelectorModel", ChiSqSelectorModel::load),
            entry("org.apache.spark.ml.feature.ColumnPruner", ColumnPruner::load),
            entry("org.apache.spark.ml.feature.Interaction", Interaction::load),
            entry("org.apache.spark.ml.feature.RFormulaModel", RFormulaModel::load),
            entry("org.apache.spark.ml.feature.SQLTransformer", SQLTransformer::load),
            entry("org.apache.spark.ml.feature.UnivariateFeatureSelectorModel", UnivariateFeatureSelectorModel::load),
            entry("org.apache.spark.ml.feature.VarianceThresholdSelectorModel", VarianceThresholdSelectorModel::load),
            entry("org.apache.spark.ml.feature.VectorAssembler", VectorAssembler::load),
            entry("org.apache.spark.ml.feature.VectorAttributeRewriter", VectorAttributeRewriter::load),
            entry("org.apache.spark.ml.feature.VectorSizeHint", VectorSizeHint::load),
            entry("org.apache.spark.ml.feature.VectorSlicer", VectorSlicer::load));

    private AssemblyStages() {}
}
