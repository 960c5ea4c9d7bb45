// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import java.util.List;

/**
 * A function of which some arguments are lambdas. Its {@link #bind} gets them as {@link Expression.Lambda}, the method it chooses as
 * {@link ElementFunction}. Immutable.
 */
public interface HigherOrderFunction extends ScalarFunction {

    /**
     * Whether the argument at a place is a lambda.
     *
     * @param count how many arguments there are
     */
    boolean isLambda(int place, int count);

    /**
     * What the lambda at a place is called with, in order. The level of the variables counts from 0, and their names do not matter.
     *
     * @param before the arguments ahead of it
     * @param named how many parameters the lambda has, for functions that have a choice; 0 if it is none but an expression
     * @throws io.millrace.table.AnalysisException if the types ahead do not fit
     */
    List<Expression.Variable> parameters(int place, List<Expression> before, int named);
}
