// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import java.util.OptionalLong;

/** A sink that writes a batch wholly and once, however often it is told to; the terms are those of {@link io.millrace.operator.TransactionalOutput}. */
public interface TransactionalTableSink extends TableSink {

    /** See {@link io.millrace.operator.TransactionalOutput#claim}. */
    OptionalLong claim(OutputClaim claim) throws Exception;

    /** See {@link io.millrace.operator.TransactionalOutput#commit}. */
    boolean commit(OutputCommit commit, SinkBatch batch) throws Exception;
}
