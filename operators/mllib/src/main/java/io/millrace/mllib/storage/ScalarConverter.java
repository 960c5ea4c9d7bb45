// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Hands on single values. Binary ones must be strings. */
final class ScalarConverter extends PrimitiveConverter {

    private final Consumer<Object> parent;

    ScalarConverter(String file, String path, PrimitiveType type, Consumer<Object> parent) {
        this.parent = parent;
        PrimitiveTypeName name = type.getPrimitiveTypeName();
        if (name == PrimitiveTypeName.INT96 || name == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY) {
            throw new ModelFormatException(file, "column " + path + " is of type " + name + ", which no model has");
        }
    }

    @Override
    public void addBinary(Binary value) {
        parent.accept(value.toStringUsingUTF8());
    }

    @Override
    public void addBoolean(boolean value) {
        parent.accept(value);
    }

    @Override
    public void addDouble(double value) {
        parent.accept(value);
    }

    @Override
    public void addFloat(float value) {
        parent.accept(value);
    }

    @Override
    public void addInt(int value) {
        parent.accept(value);
    }

    @Override
    public void addLong(long value) {
        parent.accept(value);
    }
}
