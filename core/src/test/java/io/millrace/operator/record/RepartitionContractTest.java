// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.record;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.OperatorContract;
import java.util.Collections;
import java.util.List;

/** Three partitions, whatever the engine has, that hold all records together. */
class RepartitionContractTest extends OperatorContract<Integer, Pair<Integer, Integer>> {

    @Override
    protected DStream<Pair<Integer, Integer>> apply(DStream<Integer> input) {
        return input.repartition(3)
                .glom()
                .map(records ->
                        Pair.of(1, records.stream().mapToInt(Integer::intValue).sum()))
                .reduce((left, right) -> Pair.of(left.key() + right.key(), left.value() + right.value()));
    }

    @Override
    protected List<List<Integer>> input() {
        return List.of(List.of(1, 2, 3, 4, 5), List.of(), List.of(7));
    }

    @Override
    protected List<List<Pair<Integer, Integer>>> output() {
        return List.of(List.of(Pair.of(3, 15)), List.of(Pair.of(3, 0)), List.of(Pair.of(3, 7)));
    }

    @Override
    protected List<List<Pair<Integer, Integer>>> outputOfNothing(int batches) {
        return Collections.nCopies(batches, List.of(Pair.of(3, 0)));
    }
}
