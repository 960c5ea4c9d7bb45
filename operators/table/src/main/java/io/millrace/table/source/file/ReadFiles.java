// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.operator.Guard;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.table.data.ColumnBatch;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files whose names come.
 *
 * @param directory where they are
 * @param rows how they are read
 */
record ReadFiles(Path directory, RowFiles rows) implements RecordOperator<String, ColumnBatch> {

    @Override
    public String kind() {
        return "readFiles";
    }

    @Override
    public Step<String> open(StepContext context, Step<ColumnBatch> out) {
        Guard guard = context.guard();
        return name -> read(name, guard, out);
    }

    private void read(String name, Guard guard, Step<ColumnBatch> out) throws Exception {
        Path file = directory.resolve(name);
        RowFiles.Reading reading;
        try {
            reading = rows.open(file);
        } catch (IOException | RuntimeException e) {
            guard.failed(name, e);
            return;
        }
        try (reading) {
            ColumnBatch batch = next(reading, name, guard);
            while (batch != null) {
                if (batch.rows() > 0) {
                    out.push(batch);
                }
                batch = next(reading, name, guard);
            }
        }
    }

    /** Null at the end, or where the file cannot be read on. */
    private static @Nullable ColumnBatch next(RowFiles.Reading reading, String name, Guard guard) throws Exception {
        try {
            return reading.next();
        } catch (IOException | RuntimeException e) {
            guard.failed(name, e);
            return null;
        }
    }
}
