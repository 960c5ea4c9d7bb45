// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.operator.Operator;

/** The stream of dead letters: an input of the graph that every task of every operator may feed. */
public record DeadLetterOperator() implements Operator {

    @Override
    public String kind() {
        return "deadLetters";
    }
}
