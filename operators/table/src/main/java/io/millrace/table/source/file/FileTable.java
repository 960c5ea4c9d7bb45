// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of some files.
 *
 * @param format what they are
 * @param path a file or a directory
 * @param schema the columns
 * @param rows how a file is read
 */
record FileTable(String format, Path path, Schema schema, RowFiles rows) implements FiniteSource {

    @Override
    public FiniteSource select(List<Integer> columns) {
        Schema selected = schema.select(columns);
        return columns.size() == schema.size()
                ? this
                : new FileTable(format, path, selected, rows.select(columns, selected));
    }

    @Override
    public List<ColumnBatch> read() throws IOException {
        List<ColumnBatch> all = new ArrayList<>();
        for (Path file : FileList.of(path)) {
            try (RowFiles.Reading reading = rows.open(file)) {
                for (ColumnBatch batch = reading.next(); batch != null; batch = reading.next()) {
                    all.add(batch);
                }
            }
        }
        return all;
    }

    @Override
    public String description() {
        return format + " " + path;
    }
}
