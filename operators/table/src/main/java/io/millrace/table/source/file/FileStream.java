// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.source.OpenSource;
import io.millrace.table.source.RangeReceiver;
import io.millrace.table.source.Reading;
import io.millrace.table.source.StreamSource;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The rows of the files that come into a directory. Each file is read once, by one task, and is known by its path; a file should be moved
 * there when it is whole. With a checkpoint only the names are logged, and the files must stay.
 *
 * @param format what the files are
 * @param directory where they come
 * @param schema the columns
 * @param rows how a file is read
 * @param mostPerBatch how many files a batch has at most
 * @param looking looks at the directory, which may take long
 */
record FileStream(String format, Path directory, Schema schema, RowFiles rows, int mostPerBatch, Executor looking)
        implements StreamSource {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @Override
    public StreamSource select(List<Integer> columns) {
        Schema selected = schema.select(columns);
        return columns.size() == schema.size()
                ? this
                : new FileStream(format, directory, selected, rows.select(columns, selected), mostPerBatch, looking);
    }

    @Override
    public DStream<ColumnBatch> open(StreamingContext context) {
        return open(context, Reading.FOR_EVER).rows();
    }

    @Override
    public OpenSource open(StreamingContext context, Reading reading) {
        Optional<List<Path>> fixed = reading == Reading.FOR_EVER ? Optional.empty() : Optional.of(present());
        FileCursor cursor = new FileCursor(directory, reading == Reading.ONCE ? Integer.MAX_VALUE : mostPerBatch);
        RangeReceiver<List<Path>> planned = new RangeReceiver<>(description(), cursor, fixed, BETWEEN_LOOKS, looking);
        DStream<ColumnBatch> batches = context.receiverStream(planned).apply(new ReadFiles(directory, rows));
        return new OpenSource(batches, planned::isDrained);
    }

    private List<Path> present() {
        try {
            return FileList.of(directory);
        } catch (IOException e) {
            throw new AnalysisException("PATH_NOT_FOUND", "Path does not exist or cannot be read: " + directory);
        }
    }

    @Override
    public String description() {
        return "FileStreamSource[" + directory + "]";
    }
}
