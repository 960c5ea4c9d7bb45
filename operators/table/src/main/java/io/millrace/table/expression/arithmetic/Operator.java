// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Failures;
import io.millrace.table.expression.ScalarFunction;
import java.util.List;

/** A function with a fixed number of arguments. */
record Operator(String name, int count, Binding binding) implements ScalarFunction {

    /** Chooses a method for arguments whose number is right. */
    interface Binding {
        BoundFunction bind(List<Expression> arguments);
    }

    static ScalarFunction of(String name, int count, Binding binding) {
        return new Operator(name, count, binding);
    }

    @Override
    public BoundFunction bind(List<Expression> arguments) {
        if (arguments.size() != count) {
            throw Failures.wrongCount(name, String.valueOf(count), arguments.size());
        }
        return binding.bind(arguments);
    }
}
