// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.storage.Json;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericParamsTest {

    private static final Vector TWO = Vectors.dense(new double[] {1, 2});
    private static final Map<String, Function<Params, Object>> STAGES = Map.ofEntries(
            entry("Binarizer", Binarizer::new),
            entry("Bucketizer", Bucketizer::new),
            entry("ElementwiseProduct", ElementwiseProduct::new),
            entry("Imputer", params -> new ImputerModel(params, new double[] {1})),
            entry("Interaction", Interaction::new),
            entry("MinMax", params -> new MinMaxScalerModel(params, TWO, TWO)),
            entry("Normalizer", Normalizer::new),
            entry("Polynomial", PolynomialExpansion::new),
            entry("Robust", params -> new RobustScalerModel(params, TWO, TWO)),
            entry("VectorAssembler", VectorAssembler::new),
            entry("VectorSizeHint", VectorSizeHint::new),
            entry("VectorSlicer", VectorSlicer::new));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Binarizer | {'inputCol':'a','inputCols':['a']} | inputCol is set beside inputCols, exactly one must be",
                "Binarizer | {'inputCol':'a','thresholds':[1]} | thresholds is set beside inputCol or threshold",
                "Binarizer | {'inputCols':['a'],'outputCols':['b'],'thresholds':[1],'threshold':2} | thresholds is set beside inputCol or threshold",
                "Binarizer | {'inputCols':['a'],'outputCols':['b'],'thresholds':[1,2]} | thresholds has 2 numbers for 1 columns",
                "Binarizer | {'inputCols':['a','c'],'outputCols':['b']} | outputCols has 1 names, there are 2 inputCols",
                "Bucketizer | {'inputCol':'a'} | splits has 0 lists for 1 columns",
                "Bucketizer | {'inputCol':'a','splits':[0,1]} | splits is [0.0, 1.0], must be three or more numbers that ascend strictly",
                "Bucketizer | {'inputCol':'a','splits':[0,1,1]} | splits is [0.0, 1.0, 1.0], must be three or more numbers that ascend strictly",
                "Bucketizer | {'inputCol':'a','splits':[0,1,'NaN']} | splits is [0.0, 1.0, NaN], must be three or more numbers that ascend strictly",
                "Bucketizer | {'inputCols':['a'],'outputCols':['b'],'splitsArray':[]} | splitsArray has 0 lists for 1 columns",
                "Bucketizer | {'inputCol':'a','splits':[0,1,2],'handleInvalid':'optimistic'} | handleInvalid is optimistic, must be one of [error, skip, keep]",
                "ElementwiseProduct | {'inputCol':'a'} | scalingVec has no value",
                "ElementwiseProduct | {'inputCol':'a','scalingVec':{'type':0,'size':2147483647,'indices':[],'values':[]}} | scalingVec has 2147483647 entries, must have 16777216 at most",
                "Imputer | {'inputCols':[],'outputCols':[]} | inputCols is empty",
                "Imputer | {'inputCols':['a','a'],'outputCols':['b','c']} | inputCols is [a, a], which has one name twice",
                "Imputer | {'inputCols':['a','c'],'outputCols':['b','b']} | outputCols is [b, b], which has one name twice",
                "Interaction | {'inputCols':[]} | inputCols is [], must be names, each once",
                "Interaction | {'inputCols':['a','a']} | inputCols is [a, a], must be names, each once",
                "MinMax | {'inputCol':'a','min':1} | min is 1.0, must be below max, 1.0",
                "Normalizer | {'inputCol':'a','p':0.5} | p is 0.5, must be 1 or more",
                "Normalizer | {'inputCol':'a','p':'NaN'} | p is NaN, must be 1 or more",
                "Polynomial | {'inputCol':'a','degree':0} | degree is 0, must be 1 or more",
                "Robust | {'inputCol':'a','lower':0.75} | lower is 0.75, must be below upper, 0.75",
                "VectorAssembler | {} | inputCols has no value",
                "VectorAssembler | {'inputCols':['a'],'handleInvalid':'x'} | handleInvalid is x, must be one of [error, skip, keep]",
                "VectorSizeHint | {'inputCol':'a'} | size has no value",
                "VectorSizeHint | {'inputCol':'a','size':-1} | size is -1, must be 0 or more",
                "VectorSizeHint | {'inputCol':'a','size':1,'handleInvalid':'keep'} | handleInvalid is keep, must be one of [error, skip, optimistic]",
                "VectorSlicer | {'inputCol':'a'} | indices is empty, and names too: at least one feature must be selected",
                "VectorSlicer | {'inputCol':'a','indices':[1,1]} | indices is [1, 1], must be 0 or more, each once",
                "VectorSlicer | {'inputCol':'a','indices':[-1]} | indices is [-1], must be 0 or more, each once",
                "VectorSlicer | {'inputCol':'a','names':['x','']} | names is [x, ], must be names, each once",
            })
    void refusesParameters(String stage, String params, String message) throws IOException {
        Params given = Params.of("uid", Json.parseObject(params.replace('\'', '"'), 10));
        assertThatThrownBy(() -> Objects.requireNonNull(STAGES.get(stage)).apply(given))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("uid: parameter " + message);
    }

    @Test
    void refusesFeaturesThatAreSelectedTwice() {
        Params params = Params.of("uid", Map.of());
        assertThatThrownBy(() -> new ChiSqSelectorModel(params, new int[] {2, 0, 2}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChiSqSelectorModel(params, new int[] {0, -1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ChiSqSelectorModel(params, new int[] {2, 0}).selectedFeatures())
                .containsExactly(0, 2);
    }

    @Test
    void refusesVectorsOfTwoSizes() {
        Params params = Params.of("uid", Map.of("inputCol", "a"));
        Vector three = Vectors.dense(new double[] {1, 2, 3});
        assertThatThrownBy(() -> new StandardScalerModel(params, TWO, three))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MinMaxScalerModel(params, TWO, three))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RobustScalerModel(params, TWO, three))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ImputerModel(params, new double[2])).isInstanceOf(IllegalArgumentException.class);
    }
}
