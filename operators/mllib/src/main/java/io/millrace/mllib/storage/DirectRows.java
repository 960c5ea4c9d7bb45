// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Parquet files that Spark writes without parquet-java, whose classes take a new JVM several times as long as a
 * small model. What it knows are pages of the first version, plain or by a dictionary, with levels in runs; which pages a file
 * has is known from their headers, before any of them is read.
 */
final class DirectRows {

    private final String file;
    private final Footer footer;
    private final LoadLimits limits;
    private final List<List<ColumnPages>> rowGroups;

    private DirectRows(String file, Footer footer, LoadLimits limits, List<List<ColumnPages>> rowGroups) {
        this.file = file;
        this.footer = footer;
        this.limits = limits;
        this.rowGroups = rowGroups;
    }

    /**
     * The reader of a file, or null if something in it is not written as Spark does.
     *
     * @throws IOException if a page header is damaged
     */
    static @Nullable DirectRows of(String file, byte[] bytes, Footer footer, LoadLimits limits) throws IOException {
        if (footer.encrypted() || footer.columns().isEmpty()) {
            return null;
        }
        List<List<ColumnPages>> rowGroups = new ArrayList<>();
        for (Footer.RowGroup rowGroup : footer.rowGroups()) {
            if (rowGroup.chunks().size() != footer.columns().size()) {
                return null;
            }
            List<ColumnPages> columns = new ArrayList<>();
            for (Footer.Chunk chunk : rowGroup.chunks()) {
                ParquetField field = footer.columns().get(columns.size());
                if (chunk.elsewhere()
                        || chunk.type() != field.type()
                        || !chunk.column().equals(field.column())) {
                    return null;
                }
                ColumnPages pages = new ColumnPages(file, bytes, field, chunk, limits.pageBytes());
                if (!pages.areKnown()) {
                    return null;
                }
                columns.add(pages);
            }
            rowGroups.add(columns);
        }
        return new DirectRows(file, footer, limits, rowGroups);
    }

    /** Adds the records of the file to {@code rows}. */
    void addTo(List<ParquetRow> rows) {
        RecordPart.Struct records = new RecordPart.Struct(file, "", footer.schema(), limits);
        for (int i = 0; i < rowGroups.size(); i++) {
            ColumnReader[] columns = new ColumnReader[footer.columns().size()];
            for (int column = 0; column < columns.length; column++) {
                columns[column] = new ColumnReader(rowGroups.get(i).get(column));
                columns[column].expectRecord();
            }
            for (long left = footer.rowGroups().get(i).records(); left > 0; left--) {
                rows.add(records.readRecord(columns));
                columns[0].expectRecord();
            }
            for (ColumnReader column : columns) {
                column.expectEnd();
            }
        }
    }
}
