// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files of Parquet, read and written by DuckDB, whose driver must be on the class path: {@code org.duckdb:duckdb_jdbc}. */
public final class ParquetFormat extends FilesFormat {

    /** The format. */
    public ParquetFormat() {
        super("parquet");
    }

    @Override
    RowFiles rows(Schema schema, FormatOptions options) {
        return new ParquetRows(schema);
    }

    @Override
    boolean leavesColumnsUnread() {
        return true;
    }

    @Override
    Schema infer(List<Path> files, FormatOptions options) throws IOException {
        return files.isEmpty() ? new Schema(List.of()) : ParquetRows.infer(files.get(0));
    }
}
