// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.expression.AggregateFunction;
import io.millrace.table.expression.BoundAggregate;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import java.util.List;

/** An aggregate with so many arguments. */
record Named(String name, int least, int most, Binding binding) implements AggregateFunction {

    /** Chooses how to aggregate arguments whose number is right. */
    interface Binding {
        BoundAggregate bind(String name, List<Expression> arguments);
    }

    @Override
    public BoundAggregate bind(List<Expression> arguments) {
        int count = arguments.size();
        if (count < least || count > most) {
            throw Failures.wrongCount(
                    name, least == most ? String.valueOf(least) : "[" + least + ", " + most + "]", count);
        }
        return binding.bind(name, arguments);
    }
}
