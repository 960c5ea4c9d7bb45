// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink.file;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operators.sink.file.FileSink;
import io.millrace.table.Row;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TransactionalTableSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes rows as lines of files that roll, with a manifest per batch: exactly once with a checkpoint; see {@link FileSink}.
 *
 * @param format what the lines are
 * @param directory where the files are
 * @param files writes them
 */
record LineFileSink(String format, Path directory, FileSink<Row> files) implements TransactionalTableSink {

    @Override
    public String description() {
        return "FileSink[" + directory + ", " + format + "]";
    }

    @Override
    public Set<OutputMode> modes() {
        return Set.of(OutputMode.APPEND);
    }

    @Override
    public void write(SinkBatch batch) throws IOException {
        files.write(batch.time(), batch.rows());
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws Exception {
        return files.claim(claim);
    }

    @Override
    public boolean commit(OutputCommit commit, SinkBatch batch) throws Exception {
        return files.commit(commit, batch.rows());
    }

    @Override
    public void close() {
        files.close();
    }
}
