// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Vectors and matrices from the structs in which Spark saves them; their sizes and indices are checked first. */
final class SparkTypes {

    private SparkTypes() {}

    static Vector vector(ParquetRow saved) {
        int type = saved.getInt("type");
        double[] values = saved.doubles("values");
        if (type == 1) {
            return Vectors.dense(values);
        }
        if (type != 0) {
            throw saved.failure("type", "is " + type + ", a vector has 0 (sparse) or 1 (dense)");
        }
        int size = size(saved, "size");
        int[] indices = saved.ints("indices");
        if (indices.length != values.length) {
            throw saved.failure("indices", "has " + indices.length + " entries for " + values.length + " values");
        }
        ascending(saved, "indices", indices, 0, indices.length, size);
        return Vectors.sparse(size, indices, values);
    }

    static Matrix matrix(ParquetRow saved) {
        int type = saved.getInt("type");
        int rows = size(saved, "numRows");
        int columns = size(saved, "numCols");
        long entries = (long) rows * columns;
        boolean transposed = saved.getBoolean("isTransposed");
        double[] values = saved.doubles("values");
        if (type == 1) {
            if (values.length != entries) {
                throw saved.failure(
                        "values",
                        "has " + values.length + " entries, a dense matrix of " + rows + " x " + columns + " has "
                                + entries);
            }
            return new DenseMatrix(rows, columns, values, transposed);
        }
        if (type != 0) {
            throw saved.failure("type", "is " + type + ", a matrix has 0 (sparse) or 1 (dense)");
        }
        int[] pointers = saved.ints("colPtrs");
        int[] indices = saved.ints("rowIndices");
        int outer = transposed ? rows : columns;
        if (pointers.length != outer + 1 || indices.length != values.length) {
            throw saved.failure(
                    "colPtrs",
                    "has " + pointers.length + " entries, rowIndices " + indices.length + " and values " + values.length
                            + ": no sparse matrix of " + rows + " x " + columns);
        }
        int last = 0;
        for (int i = 0; i < pointers.length; i++) {
            if (pointers[i] < last || pointers[i] > values.length || (i == 0 && pointers[i] != 0)) {
                throw saved.failure("colPtrs", "holds " + pointers[i] + " at " + i + ", after " + last);
            }
            if (i > 0) {
                ascending(saved, "rowIndices", indices, last, pointers[i], transposed ? columns : rows);
            }
            last = pointers[i];
        }
        if (last != values.length) {
            throw saved.failure("colPtrs", "ends with " + last + ", there are " + values.length + " values");
        }
        return new SparseMatrix(rows, columns, pointers, indices, values, transposed);
    }

    private static int size(ParquetRow saved, String name) {
        int size = saved.getInt(name);
        if (size < 0 || size > saved.limits().elements()) {
            throw saved.failure(
                    name, "is " + size + ", must be 0 to " + saved.limits().elements());
        }
        return size;
    }

    private static void ascending(ParquetRow saved, String name, int[] indices, int from, int to, int size) {
        int last = -1;
        for (int i = from; i < to; i++) {
            if (indices[i] <= last || indices[i] >= size) {
                throw saved.failure(name, "holds " + indices[i] + " after " + last + ", the size is " + size);
            }
            last = indices[i];
        }
    }
}
