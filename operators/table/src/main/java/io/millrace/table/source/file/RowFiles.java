// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the rows of a file are read; holds nothing that changes. */
@FunctionalInterface
interface RowFiles {

    /** So many rows a batch has, about. */
    int BATCH_ROWS = 8_192;

    /**
     * Reads only some columns.
     *
     * <p>Default: reads all and leaves out the others.
     *
     * @param columns their places, rising
     * @param schema these columns
     */
    default RowFiles select(List<Integer> columns, Schema schema) {
        int[] places = columns.stream().mapToInt(column -> column).toArray();
        return file -> {
            Reading reading = open(file);
            return new Reading() {
                @Override
                public @Nullable ColumnBatch next() throws IOException {
                    ColumnBatch batch = reading.next();
                    return batch == null ? null : batch.project(places, schema);
                }

                @Override
                public void close() throws IOException {
                    reading.close();
                }
            };
        };
    }

    /** Begins to read a file. */
    Reading open(Path file) throws IOException;

    /** A file that is read. For one thread. */
    interface Reading extends Closeable {

        /** Some more rows; null at the end. */
        @Nullable
        ColumnBatch next() throws IOException;
    }
}
