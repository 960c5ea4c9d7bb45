// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputRefusedException;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TransactionalTableSink;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A sink that commits, and one time in four dies before it can say so, as a process may: the query ends, and its next run asks for the batch
 * again. For tests of sinks.
 *
 * @param sink the sink that is tested
 * @param dice draws when it dies
 */
public record ForgetfulSink(TransactionalTableSink sink, Random dice) implements TransactionalTableSink {

    private static final int DIES_ONCE_IN = 4;

    @Override
    public String description() {
        return sink.description();
    }

    @Override
    public void write(SinkBatch batch) throws Exception {
        sink.write(batch);
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws Exception {
        return sink.claim(claim);
    }

    @Override
    public boolean commit(OutputCommit commit, SinkBatch batch) throws Exception {
        boolean news = sink.commit(commit, batch);
        if (news && dice.nextInt(DIES_ONCE_IN) == 0) {
            throw new OutputRefusedException("the process has died", new IllegalStateException());
        }
        return news;
    }

    @Override
    public void close() {
        sink.close();
    }
}
