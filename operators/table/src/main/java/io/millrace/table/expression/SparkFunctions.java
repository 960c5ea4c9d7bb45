// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

/** The registry of Spark's functions, made when it is first asked for. */
final class SparkFunctions {

    static final FunctionRegistry REGISTRY = FunctionRegistry.empty();

    private SparkFunctions() {}
}
