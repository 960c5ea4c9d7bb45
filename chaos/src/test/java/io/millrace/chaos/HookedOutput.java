// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.TransactionalOutput;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transactional output whose hooks can be passed. It writes records as lines of text, each with the number and the time of its batch
 * before it.
 *
 * @param kind its name
 * @param inner what writes
 * @param before the hook before a commit
 * @param after the hook between a commit and its answer
 */
record HookedOutput<T>(
        String kind, TransactionalOutput<String> inner, Optional<Hook> before, Optional<Hook> after, Trap trap)
        implements TransactionalOutput<T> {

    @Override
    public OptionalLong claim(OutputClaim claim) throws Exception {
        return inner.claim(claim);
    }

    @Override
    public boolean commit(OutputCommit commit, List<T> records) throws Exception {
        before.ifPresent(trap::pass);
        String batch = commit.batch() + "," + commit.time().millis() + ",";
        boolean written = inner.commit(
                commit, records.stream().map(record -> batch + record).toList());
        after.ifPresent(trap::pass);
        return written;
    }

    @Override
    public void write(BatchTime time, List<T> records) {
        throw new IllegalStateException("a job without a checkpoint is not what is tested");
    }

    @Override
    public void close() {
        inner.close();
    }
}
