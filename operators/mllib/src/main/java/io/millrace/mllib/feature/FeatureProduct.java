// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** The products of the entries of several columns, the last column's entries next to each other. */
final class FeatureProduct {

    private final int[] slots;
    private final FeatureEncoder[] encoders;

    FeatureProduct(int[] slots, FeatureEncoder[] encoders) {
        this.slots = slots;
        this.encoders = encoders;
    }

    Vector of(@Nullable Object[] row) {
        Products products = new Products(new int[] {0}, new double[] {1.0});
        int size = 1;
        for (int column = slots.length - 1; column >= 0; column--) {
            Object value = row[slots[column]];
            Products next = new Products(products, size, encoders[column].stored(value));
            encoders[column].encode(value, next);
            products = next;
            size *= encoders[column].outputSize();
        }
        return new SparseVector(size, products.indices, products.values).compressed();
    }

    /** The products of the columns so far. */
    private static final class Products implements FeatureEncoder.Sink {

        private final @Nullable Products before;
        private final int sizeBefore;
        private final int[] indices;
        private final double[] values;
        private int count;

        Products(int[] indices, double[] values) {
            before = null;
            sizeBefore = 1;
            this.indices = indices;
            this.values = values;
        }

        /** Room for {@code stored} entries, each with all the products {@code before}, of which there are {@code size}. */
        Products(Products before, int size, int stored) {
            this.before = before;
            sizeBefore = size;
            indices = new int[Math.multiplyExact(before.indices.length, stored)];
            values = new double[indices.length];
        }

        @Override
        public void accept(int place, double value) {
            Products all = before;
            if (all != null) {
                for (int i = 0; i < all.indices.length; i++) {
                    indices[count] = all.indices[i] + place * sizeBefore;
                    values[count++] = all.values[i] * value;
                }
            }
        }
    }
}
