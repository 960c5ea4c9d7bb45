// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.List;

/** A function of SQL, before it is known what it is called with. Immutable. */
public interface ScalarFunction {

    /** The name in SQL, in lower case. */
    String name();

    /**
     * Chooses what to call for these arguments.
     *
     * @param arguments what it is called with: types, and values where they are {@link Expression.Literal}
     * @throws io.millrace.table.AnalysisException if there are too many or too few ({@code WRONG_NUM_ARGS.WITHOUT_SUGGESTION}), or a type does not fit
     *     ({@code DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE}), in Spark's rules of implicit casts in ANSI mode
     */
    BoundFunction bind(List<Expression> arguments);
}
