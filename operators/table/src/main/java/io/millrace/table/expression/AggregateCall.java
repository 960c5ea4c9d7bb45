// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of an aggregation.
 *
 * @param function what is computed
 * @param arguments over the rows that come in
 * @param distinct equal arguments of a group count once
 * @param filter rows for which it is not true do not count; null for all
 * @param name the name of the result's column
 */
public record AggregateCall(
        BoundAggregate function,
        List<Expression> arguments,
        boolean distinct,
        @Nullable Expression filter,
        String name) {

    public AggregateCall {
        arguments = List.copyOf(arguments);
    }
}
