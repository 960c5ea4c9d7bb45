// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Records as if they had been read from a Parquet file named {@code data}. */
public final class TestRows {

    private TestRows() {}

    public static ParquetRow row(Map<String, ?> values) {
        List<String> names = List.copyOf(values.keySet());
        List<Object> inOrder = new ArrayList<>();
        names.forEach(name -> inOrder.add(values.get(name)));
        return new ParquetRow(new ParquetRow.Shape("data", "", names, LoadLimits.defaults()), inOrder.toArray());
    }

    /** The struct of a dense vector. */
    public static ParquetRow vector(double... values) {
        Vector vector = Vectors.dense(values);
        return row(Map.of("type", 1, "values", vector.toArray()));
    }
}
