// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.TransactionalOutput;
import io.millrace.table.sink.TransactionalTableSink;
import java.util.List;
import java.util.OptionalLong;

/** Writes what a query gives to a sink that takes every batch once. */
final class ExactSinkOutput extends SinkOutput implements TransactionalOutput<Object> {

    private final TransactionalTableSink sink;

    ExactSinkOutput(Target target, TransactionalTableSink sink) {
        super(target);
        this.sink = sink;
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws Exception {
        return sink.claim(claim);
    }

    @Override
    public boolean commit(OutputCommit commit, List<Object> records) throws Exception {
        return target.batches().write(commit.time(), records, batch -> sink.commit(commit, batch));
    }
}
