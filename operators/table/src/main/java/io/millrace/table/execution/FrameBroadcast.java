// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;

/** Sends the frame of a batch to all partitions. */
record FrameBroadcast() implements RecordOperator<QueryOutput, Pair<Shard, BatchFrame>> {

    @Override
    public String kind() {
        return "frame";
    }

    @Override
    public Step<QueryOutput> open(StepContext context, Step<Pair<Shard, BatchFrame>> out) {
        Shard[] shards = Shard.all(context.partitions());
        return record -> {
            if (record instanceof QueryOutput.Began began) {
                for (Shard shard : shards) {
                    out.push(Pair.of(shard, began.frame()));
                }
            }
        };
    }
}
