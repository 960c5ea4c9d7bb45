// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageRegistryTest {

    @Test
    void findsAllThatItLists() {
        assertThat(MllibModels.classNames())
                .hasSizeGreaterThan(60)
                .allSatisfy(
                        name -> assertThat(StageRegistry.find(name)).as(name).isNotNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "org.apache.spark.ml.",
                "org.apache.spark.ml.feature.",
                "org.apache.spark.ml.feature.PipelineModel",
                "org.apache.spark.ml.other.LogisticRegressionModel",
                "io.millrace.mllib.PipelineModel"
            })
    void findsNothingElse(String name) {
        assertThat(StageRegistry.find(name)).isNull();
    }
}
