// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.function.Consumer;

/** A family of functions. */
public interface FunctionLibrary {

    /** Hands over each function of the family; one under several names once per name. */
    void register(Consumer<ScalarFunction> to);
}
