// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.expression.AggregateFunction;
import java.util.function.Consumer;

/** All aggregate functions of Spark that there are here. */
public final class SparkAggregates {

    private SparkAggregates() {}

    /** Hands out each, once under each of its names. */
    public static void register(Consumer<AggregateFunction> functions) {
        add(functions, 0, Integer.MAX_VALUE, Sums::count, "count");
        add(functions, 1, 1, Sums::countIf, "count_if");
        add(functions, 1, 1, Sums::sum, "sum");
        add(functions, 1, 1, Sums::trySum, "try_sum");
        add(functions, 1, 1, Sums::average, "avg", "mean", "try_avg");
        add(functions, 1, 1, (name, arguments) -> Choices.extreme(name, arguments, "less"), "min");
        add(functions, 1, 1, (name, arguments) -> Choices.extreme(name, arguments, "greater"), "max");
        add(functions, 1, 1, (name, arguments) -> Choices.truth(name, arguments, "less"), "bool_and", "every");
        add(functions, 1, 1, (name, arguments) -> Choices.truth(name, arguments, "greater"), "bool_or", "any", "some");
        add(functions, 2, 2, (name, arguments) -> Choices.by(name, arguments, "less"), "min_by");
        add(functions, 2, 2, (name, arguments) -> Choices.by(name, arguments, "greater"), "max_by");
        add(functions, 1, 2, Choices::first, "first", "first_value", "any_value");
        add(functions, 1, 2, Choices::last, "last", "last_value");
        add(functions, 1, 1, Choices::bits, "bit_and", "bit_or", "bit_xor");
        add(
                functions,
                1,
                1,
                MomentAggregates::central,
                "stddev",
                "std",
                "stddev_samp",
                "stddev_pop",
                "variance",
                "var_samp",
                "var_pop",
                "skewness",
                "kurtosis");
        add(functions, 2, 2, MomentAggregates::joint, "corr", "covar_pop", "covar_samp");
        add(
                functions,
                2,
                2,
                MomentAggregates::joint,
                "regr_avgx",
                "regr_avgy",
                "regr_intercept",
                "regr_r2",
                "regr_slope",
                "regr_sxx",
                "regr_sxy",
                "regr_syy");
        add(functions, 2, 2, MomentAggregates::pairs, "regr_count");
        add(functions, 1, 1, Collections::list, "collect_list", "array_agg");
        add(functions, 1, 2, Collections::joined, "listagg", "string_agg");
        add(functions, 1, 1, Collections::set, "collect_set");
        add(functions, 0, 2, Collections::mode, "mode");
        WithinGroup.register(functions);
        add(functions, 1, 2, Collections::approximateCount, "approx_count_distinct");
        add(functions, 1, 1, Collections::median, "median");
        add(functions, 2, 2, Collections::percentile, "percentile");
        add(functions, 2, 3, Collections::approximatePercentile, "percentile_approx", "approx_percentile");
    }

    private static void add(
            Consumer<AggregateFunction> functions, int least, int most, Named.Binding binding, String... names) {
        for (String name : names) {
            functions.accept(new Named(name, least, most, binding));
        }
    }
}
