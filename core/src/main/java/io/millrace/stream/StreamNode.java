// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Operator;
import java.util.List;

/**
 * One operator of a graph and its place in it.
 *
 * @param id its number in the graph; parents have smaller ones
 * @param name unique in the graph; state is kept under it
 * @param operator what it does
 * @param parents where its records come from
 * @param callSite where the program defined it
 * @param errors what it does with records on which its function throws
 */
public record StreamNode(
        int id, String name, Operator operator, List<Integer> parents, CallSite callSite, ErrorPolicy errors) {

    /** Copies the parents. */
    public StreamNode {
        parents = List.copyOf(parents);
    }

    StreamNode withName(String newName) {
        return new StreamNode(id, newName, operator, parents, callSite, errors);
    }

    StreamNode withOperator(Operator newOperator) {
        return new StreamNode(id, name, newOperator, parents, callSite, errors);
    }

    StreamNode withErrors(ErrorPolicy newErrors) {
        return new StreamNode(id, name, operator, parents, callSite, newErrors);
    }
}
