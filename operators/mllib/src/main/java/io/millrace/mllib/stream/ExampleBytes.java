// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.online.LabeledPoint;
import java.nio.ByteBuffer;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Examples as bytes, the form in which they travel to where is learnt: a label, a size, and the entries, sparse ones with their indices. */
final class ExampleBytes {

    private static final int DENSE = -1;

    /** The label, the size, and how many entries are stored. */
    private static final int HEAD = Double.BYTES + 2 * Integer.BYTES;

    private ExampleBytes() {}

    static byte[] of(LabeledPoint point) {
        return of(point.label(), point.features());
    }

    static byte[] of(Vector vector) {
        return of(0, vector);
    }

    static LabeledPoint point(byte[] bytes) {
        return new LabeledPoint(ByteBuffer.wrap(bytes).getDouble(), vector(bytes));
    }

    /**
     * The vector of such bytes.
     *
     * @throws IllegalArgumentException if they are none of a vector's
     */
    static Vector vector(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int size = -1;
        int stored = -1;
        if (bytes.length >= HEAD) {
            in.getDouble();
            size = in.getInt();
            stored = in.getInt();
        }
        int indexed = Math.max(stored, 0);
        int count = stored == DENSE ? size : stored;
        if (size < 0 || stored < DENSE || bytes.length != HEAD + 4L * indexed + 8L * count) {
            throw new IllegalArgumentException(bytes.length + " bytes are no vector");
        }
        int[] indices = new int[indexed];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = in.getInt();
        }
        double[] values = new double[count];
        in.asDoubleBuffer().get(values);
        return stored == DENSE ? Vectors.dense(values) : Vectors.sparse(size, indices, values);
    }

    private static byte[] of(double label, Vector vector) {
        boolean dense = !(vector instanceof SparseVector);
        int[] indices = vector instanceof SparseVector sparse ? sparse.indices() : new int[0];
        double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
        ByteBuffer out = ByteBuffer.allocate(HEAD + 4 * indices.length + 8 * values.length);
        out.putDouble(label).putInt(vector.size()).putInt(dense ? DENSE : indices.length);
        for (int index : indices) {
            out.putInt(index);
        }
        for (double value : values) {
            out.putDouble(value);
        }
        return out.array();
    }
}
