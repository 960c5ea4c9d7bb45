// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.List;

/** An aggregate function of SQL, before it is known what it is called with. Immutable. */
public interface AggregateFunction {

    /** The name in SQL, in lower case. */
    String name();

    /**
     * Chooses how to aggregate these arguments.
     *
     * @throws io.millrace.table.AnalysisException as {@link ScalarFunction#bind}
     */
    BoundAggregate bind(List<Expression> arguments);
}
