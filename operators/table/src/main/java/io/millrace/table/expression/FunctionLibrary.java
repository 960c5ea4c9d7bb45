// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.function.Consumer;

/** A family of functions of SQL. */
public interface FunctionLibrary {

    /** Hands out each scalar function, once under each of its names. */
    void register(Consumer<ScalarFunction> functions);
}
