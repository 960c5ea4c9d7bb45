// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.expression.aggregate.SparkAggregates;
import io.millrace.table.expression.arithmetic.ArithmeticFunctions;
import io.millrace.table.expression.arithmetic.ComparisonFunctions;
import io.millrace.table.expression.library.SparkLibrary;
import java.util.ArrayList;
import java.util.List;

/** The registry of Spark's functions, made when it is first asked for. */
final class SparkFunctions {

    private static final List<FunctionLibrary> LIBRARIES =
            List.of(new SparkLibrary(), new ArithmeticFunctions(), new ComparisonFunctions());

    static final FunctionRegistry REGISTRY = all();

    private SparkFunctions() {}

    private static FunctionRegistry all() {
        FunctionRegistry registry = FunctionRegistry.empty();
        for (FunctionLibrary library : LIBRARIES) {
            registry = registry.with(library);
        }
        List<AggregateFunction> aggregates = new ArrayList<>();
        SparkAggregates.register(aggregates::add);
        for (AggregateFunction aggregate : aggregates) {
            registry = registry.with(aggregate);
        }
        return registry;
    }
}
