// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operator.TransactionalOutput;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes what a query with a checkpoint gives to a sink that may be told a batch twice. A batch that the sink does not take ends the query
 * and stays in the log: the next run begins by writing it, with the same number and the same rows.
 */
final class RepeatedSinkOutput extends SinkOutput implements TransactionalOutput<Object> {

    RepeatedSinkOutput(Target target) {
        super(target);
    }

    @Override
    public OptionalLong claim(OutputClaim claim) {
        return OptionalLong.empty();
    }

    @Override
    public boolean commit(OutputCommit commit, List<Object> records) throws Exception {
        try {
            write(commit.time(), records);
            return true;
        } catch (Exception e) {
            target.run().sinkFailed(e);
            throw new OutputRefusedException("the sink " + target.sink().description() + " has failed: " + e, e);
        }
    }
}
