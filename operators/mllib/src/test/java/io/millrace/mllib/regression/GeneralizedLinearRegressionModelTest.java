// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneralizedLinearRegressionModelTest {

    @ParameterizedTest
    @CsvSource({
        "gaussian, identity, 0.5, 0.5",
        "gaussian, log, 0.5, 1.6487212707001282",
        "gaussian, inverse, 0.5, 2.0",
        "binomial, logit, 0.5, 0.6224593312018546",
        "binomial, probit, 0.5, 0.6914624612740131",
        "binomial, cloglog, 0.5, 0.807704354452035",
        "poisson, log, 0.5, 1.6487212707001282",
        "poisson, identity, 0.5, 0.5",
        "poisson, sqrt, 0.5, 0.25",
        "gamma, inverse, 0.5, 2.0",
        "gamma, identity, 0.5, 0.5",
        "Gamma, LOG, 0.5, 1.6487212707001282",
        "gaussian, log, 800, 1.7976931348623157E308",
        "gaussian, inverse, -1e-320, -1.7976931348623157E308",
        "binomial, logit, -800, 1.0E-16",
        "binomial, logit, 800, 0.9999999999999999",
        "poisson, identity, -3, 1.0E-16",
        "poisson, log, 800, 1.7976931348623157E308",
        "gamma, inverse, 0, 1.7976931348623157E308",
        "gamma, inverse, -1e-320, 1.0E-16"
    })
    void projectsWhatTheLinkGives(String family, String link, double eta, double mean) {
        assertThat(model(Map.of("family", family, "link", link), eta).predict(Vectors.dense(0.0)))
                .isCloseTo(mean, within(1e-15 * Math.abs(mean)));
    }

    @ParameterizedTest
    @CsvSource({"gaussian, 0.5", "binomial, 0.6224593312018546", "poisson, 1.6487212707001282", "gamma, 2.0"})
    void takesTheFamilysOwnLinkIfNoneIsSet(String family, double mean) {
        assertThat(model(Map.of("family", family), 0.5).predict(Vectors.dense(0.0)))
                .isCloseTo(mean, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({
        "0, , 0.5, 0.5",
        "1, , 0.5, 1.6487212707001282",
        "2, , 0.5, 2.0",
        "1.5, , 0.5, 4.0",
        "1.5, 0, 0.5, 1.6487212707001282",
        "1.5, 1, 0.5, 0.5",
        "1.5, -1, 0.5, 2.0",
        "1.5, 0.5, -0.5, 0.25",
        "1.5, 2, 0.25, 0.5",
        "1.5, 0.25, 0.5, 0.0625",
        "1.5, 2, -4, NaN",
        "1.5, 1, -4, 1.0E-16",
        "1.5, -1, 0, 1.7976931348623157E308"
    })
    void takesPowersForTweedie(double variancePower, Double linkPower, double eta, double mean) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("family", "tweedie");
        params.put("link", "logit");
        params.put("variancePower", variancePower);
        if (linkPower != null) {
            params.put("linkPower", linkPower);
        }
        assertThat(model(params, eta).predict(Vectors.dense(0.0))).isEqualTo(Double.valueOf(mean));
    }

    @Test
    void refusesParametersThatSparkDoesNotHave() {
        assertThatThrownBy(() -> model(Map.of("family", "weibull"), 0))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("parameter family is weibull");
        assertThatThrownBy(() -> model(Map.of("family", "poisson", "link", "logit"), 0))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("parameter link is logit, the family has log, identity, sqrt");
        assertThatThrownBy(() -> model(Map.of("family", "tweedie", "variancePower", 0.5), 0))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("parameter variancePower is 0.5, must be 0, or 1 or more");
        assertThatThrownBy(() -> model(Map.of("family", "tweedie", "variancePower", "NaN"), 0))
                .isInstanceOf(ModelFormatException.class);
    }

    @Test
    void givesNullWhereTheOffsetIsNull() {
        GeneralizedLinearRegressionModel model = model(
                Map.of("family", "poisson", "offsetCol", "o", "linkPredictionCol", "eta", "predictionCol", "p"), 0.25);
        Schema schema = Schema.of(Field.of("features", DataType.VECTOR), Field.of("o", DataType.INTEGER));
        Table scored = model.transform(Table.of(
                schema,
                List.of(
                        Row.of(schema, Vectors.dense(1.0), 2),
                        Row.of(schema, Vectors.dense(1.0), null),
                        Row.of(schema, null, null))));
        assertThat(scored.schema().names()).containsExactly("features", "o", "eta", "p");
        assertThat(scored.row(0).get("eta")).isEqualTo(3.25);
        assertThat(scored.row(0).get("p")).isEqualTo(Math.exp(3.25));
        assertThat(scored.row(1).get("eta")).isNull();
        assertThat(scored.row(1).get("p")).isNull();
        assertThat(scored.row(2).get("p")).isNull();
        assertThatThrownBy(() -> model.transform(Table.of(schema, List.of(Row.of(schema, null, 1)))))
                .isInstanceOf(ScoringException.class)
                .hasMessageContaining("because \"x\" is null");
    }

    @Test
    void declaresNullsOnlyWhereTheOffsetHasThem() {
        Map<String, Object> params = Map.of("offsetCol", "o");
        Schema nullable = Schema.of(Field.of("features", DataType.VECTOR), Field.of("o", DataType.DOUBLE));
        Schema notNull = Schema.of(Field.of("features", DataType.VECTOR), Field.notNull("o", DataType.DOUBLE));
        assertThat(model(params, 0)
                        .transformSchema(nullable)
                        .field("prediction")
                        .nullable())
                .isTrue();
        assertThat(model(params, 0).transformSchema(notNull).field("prediction").nullable())
                .isFalse();
        assertThat(model(Map.of("offsetCol", ""), 0)
                        .transformSchema(nullable)
                        .field("prediction")
                        .nullable())
                .isFalse();
    }

    /** A model of one feature with coefficient 1. */
    private static GeneralizedLinearRegressionModel model(Map<String, ?> params, double intercept) {
        return new GeneralizedLinearRegressionModel(
                Params.of("glm", new LinkedHashMap<>(params)), Vectors.dense(1.0), intercept);
    }
}
