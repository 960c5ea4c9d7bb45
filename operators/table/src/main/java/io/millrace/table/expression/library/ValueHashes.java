// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of values of given types: each value's hash is the seed of the next one's, nulls change nothing.
 *
 * @param types one per value
 */
public record ValueHashes(List<DataType> types) {

    private static final int SEED = 42;

    /** What hashes of primitive values are made with. */
    private interface Algorithm {
        long ofInt(int value, long seed);

        long ofLong(long value, long seed);

        long ofBytes(byte[] bytes, int start, int length, long seed);
    }

    private static final Algorithm MURMUR = new Algorithm() {
        @Override
        public long ofInt(int value, long seed) {
            return Murmur3.ofInt(value, (int) seed);
        }

        @Override
        public long ofLong(long value, long seed) {
            return Murmur3.ofLong(value, (int) seed);
        }

        @Override
        public long ofBytes(byte[] bytes, int start, int length, long seed) {
            return Murmur3.ofBytes(bytes, start, length, (int) seed);
        }
    };

    private static final Algorithm XX = new Algorithm() {
        @Override
        public long ofInt(int value, long seed) {
            return XxHash64.ofInt(value, seed);
        }

        @Override
        public long ofLong(long value, long seed) {
            return XxHash64.ofLong(value, seed);
        }

        @Override
        public long ofBytes(byte[] bytes, int start, int length, long seed) {
            return XxHash64.ofBytes(bytes, start, length, seed);
        }
    };

    /** Murmur3 of 32 bits. */
    public int hash(@Nullable Object... values) {
        return (int) all(MURMUR, values);
    }

    /** XXH64. */
    public long longHash(@Nullable Object... values) {
        return all(XX, values);
    }

    private long all(Algorithm algorithm, @Nullable Object... values) {
        long hash = SEED;
        for (int i = 0; i < values.length; i++) {
            hash = of(algorithm, values[i], types.get(i), hash);
        }
        return hash;
    }

    private static long of(Algorithm algorithm, @Nullable Object value, DataType type, long seed) {
        if (value == null) {
            return seed;
        }
        if (value instanceof Boolean bool) {
            return algorithm.ofInt(bool ? 1 : 0, seed);
        }
        if (value instanceof Integer number) {
            return algorithm.ofInt(number, seed);
        }
        if (value instanceof Long number) {
            return algorithm.ofLong(number, seed);
        }
        if (value instanceof Float number) {
            return algorithm.ofInt(number == 0 ? 0 : Float.floatToIntBits(number), seed);
        }
        if (value instanceof Double number) {
            return algorithm.ofLong(number == 0 ? 0 : Double.doubleToLongBits(number), seed);
        }
        if (value instanceof Utf8 text) {
            return algorithm.ofBytes(text.bytes(), text.start(), text.length(), seed);
        }
        if (value instanceof byte[] bytes) {
            return algorithm.ofBytes(bytes, 0, bytes.length, seed);
        }
        if (value instanceof BigDecimal decimal && type instanceof DecimalType of) {
            BigDecimal scaled = decimal.setScale(of.scale());
            byte[] unscaled = scaled.unscaledValue().toByteArray();
            return of.precision() <= 18
                    ? algorithm.ofLong(scaled.unscaledValue().longValue(), seed)
                    : algorithm.ofBytes(unscaled, 0, unscaled.length, seed);
        }
        return ofSeveral(algorithm, value, type, seed);
    }

    private static long ofSeveral(Algorithm algorithm, Object value, DataType type, long seed) {
        long hash = seed;
        if (value instanceof MapValue map && type instanceof MapType of) {
            for (int i = 0; i < map.size(); i++) {
                hash = of(algorithm, map.keys()[i], of.key(), hash);
                hash = of(algorithm, map.values()[i], of.value(), hash);
            }
        } else if (type instanceof ArrayType array) {
            for (Object element : (@Nullable Object[]) value) {
                hash = of(algorithm, element, array.element(), hash);
            }
        } else if (type instanceof StructType struct) {
            @Nullable Object[] fields = (@Nullable Object[]) value;
            for (int i = 0; i < fields.length; i++) {
                hash = of(algorithm, fields[i], struct.fields().get(i).type(), hash);
            }
        }
        return hash;
    }
}
