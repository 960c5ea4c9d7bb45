// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.data.ColumnBatch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the rows of a file are read; holds nothing that changes. */
@FunctionalInterface
interface RowFiles {

    /** So many rows a batch has, about. */
    int BATCH_ROWS = 8_192;

    /** Begins to read a file. */
    Reading open(Path file) throws IOException;

    /** A file that is read. For one thread. */
    interface Reading extends Closeable {

        /** Some more rows; null at the end. */
        @Nullable
        ColumnBatch next() throws IOException;
    }
}
