// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Makes a {@link ParquetRow} of each record. */
final class RowMaterializer extends RecordMaterializer<ParquetRow> {

    private final List<ParquetRow> made = new ArrayList<>(1);
    private final StructConverter root;

    RowMaterializer(String file, MessageType schema, LoadLimits limits) {
        root = new StructConverter(file, "", schema, limits, value -> made.add((ParquetRow) value));
    }

    @Override
    public ParquetRow getCurrentRecord() {
        ParquetRow row = made.get(0);
        made.clear();
        return row;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }
}
