// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One value as bytes: 0 for null, otherwise 1 and what the type says. */
final class ValueBytes {

    private ValueBytes() {}

    /** An entry of a column; what is not nested is not boxed. */
    static void write(DataType type, Column column, int row, boolean canonical, ByteWriter out) {
        if (column.isNull(row)) {
            out.writeByte(0);
        } else if (column instanceof LongColumn longs) {
            out.writeByte(1);
            out.writeSigned(longs.values()[row]);
        } else if (column instanceof IntColumn ints) {
            out.writeByte(1);
            out.writeSigned(ints.values()[row]);
        } else if (column instanceof Utf8Column texts) {
            out.writeByte(1);
            out.writeUnsigned(texts.lengths()[row]);
            out.writeBytes(texts.bytes(), texts.starts()[row], texts.lengths()[row]);
        } else if (column instanceof StructColumn structs && type instanceof StructType struct) {
            out.writeByte(1);
            for (int i = 0; i < structs.fields().length; i++) {
                write(struct.fields().get(i).type(), structs.fields()[i], row, canonical, out);
            }
        } else {
            write(type, column.get(row), canonical, out);
        }
    }

    static void write(DataType type, @Nullable Object value, boolean canonical, ByteWriter out) {
        if (value == null) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        if (type instanceof AtomicType atomic) {
            writeAtomic(atomic, value, canonical, out);
        } else if (type instanceof DecimalType decimal) {
            byte[] digits = ((BigDecimal) value)
                    .setScale(decimal.scale())
                    .unscaledValue()
                    .toByteArray();
            out.writeUnsigned(digits.length);
            out.writeBytes(digits, 0, digits.length);
        } else if (type instanceof ArrayType array) {
            writeAll(array.element(), (Object[]) value, canonical, out);
        } else if (type instanceof MapType map) {
            writeAll(map.key(), ((MapValue) value).keys(), canonical, out);
            writeAll(map.value(), ((MapValue) value).values(), canonical, out);
        } else {
            List<io.millrace.table.type.Field> fields = ((StructType) type).fields();
            for (int i = 0; i < fields.size(); i++) {
                write(fields.get(i).type(), ((Object[]) value)[i], canonical, out);
            }
        }
    }

    /** Appends a value to a column of its type; what is not nested is not boxed. */
    static void read(DataType type, ByteReader in, ColumnBuilder into) {
        if (in.readByte() == 0) {
            into.appendNull();
        } else if (into instanceof LongBuilder longs) {
            longs.appendLong(in.readSigned());
        } else if (into instanceof IntBuilder ints) {
            long number = in.readSigned();
            if (type == AtomicType.BOOLEAN) {
                ints.appendBoolean(number != 0);
            } else {
                ints.appendInt((int) number);
            }
        } else if (into instanceof Utf8Builder texts) {
            int length = in.readCount(1);
            texts.appendBytes(in.array(), in.skip(length), length);
        } else if (into instanceof DoubleBuilder doubles) {
            doubles.appendDouble(Double.longBitsToDouble(in.readFixed(8)));
        } else if (into instanceof FloatBuilder floats) {
            floats.appendFloat(Float.intBitsToFloat((int) in.readFixed(4)));
        } else if (into instanceof StructBuilder structs && type instanceof StructType struct) {
            for (int i = 0; i < struct.fields().size(); i++) {
                read(struct.fields().get(i).type(), in, structs.field(i));
            }
            structs.structDone();
        } else {
            into.append(readThere(type, in));
        }
    }

    static @Nullable Object read(DataType type, ByteReader in) {
        return in.readByte() == 0 ? null : readThere(type, in);
    }

    /** A value that is not null. */
    private static Object readThere(DataType type, ByteReader in) {
        if (type instanceof AtomicType atomic) {
            return readAtomic(atomic, in);
        } else if (type instanceof DecimalType decimal) {
            return new BigDecimal(new BigInteger(in.readBytes(in.readCount(1))), decimal.scale());
        } else if (type instanceof ArrayType array) {
            return readAll(array.element(), in);
        } else if (type instanceof MapType map) {
            return readMap(map, in);
        }
        List<io.millrace.table.type.Field> fields = ((StructType) type).fields();
        @Nullable Object[] values = new @Nullable Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(fields.get(i).type(), in);
        }
        return values;
    }

    @SuppressWarnings("NullAway") // keys are never null
    private static MapValue readMap(MapType map, ByteReader in) {
        Object[] keys = readAll(map.key(), in);
        return new MapValue(keys, readAll(map.value(), in));
    }

    private static void writeAtomic(AtomicType type, Object value, boolean canonical, ByteWriter out) {
        switch (type) {
            case BOOLEAN -> out.writeSigned((Boolean) value ? 1 : 0);
            case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> out.writeSigned((Integer) value);
            case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> out.writeSigned((Long) value);
            case FLOAT -> {
                float number = (Float) value;
                out.writeFixed(Float.floatToIntBits(canonical && number == 0 ? 0 : number), 4);
            }
            case DOUBLE -> {
                double number = (Double) value;
                out.writeFixed(Double.doubleToLongBits(canonical && number == 0 ? 0 : number), 8);
            }
            case STRING -> {
                Utf8 text = (Utf8) value;
                out.writeUnsigned(text.length());
                out.writeBytes(text.bytes(), text.start(), text.length());
            }
            case BINARY -> {
                out.writeUnsigned(((byte[]) value).length);
                out.writeBytes((byte[]) value, 0, ((byte[]) value).length);
            }
            case NULL -> throw new IllegalArgumentException("void has no value but null");
        }
    }

    private static Object readAtomic(AtomicType type, ByteReader in) {
        return switch (type) {
            case BOOLEAN -> in.readSigned() != 0;
            case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> (int) in.readSigned();
            case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> in.readSigned();
            case FLOAT -> Float.intBitsToFloat((int) in.readFixed(4));
            case DOUBLE -> Double.longBitsToDouble(in.readFixed(8));
            case STRING -> {
                byte[] bytes = in.readBytes(in.readCount(1));
                yield new Utf8(bytes, 0, bytes.length);
            }
            case BINARY -> in.readBytes(in.readCount(1));
            case NULL -> throw new IllegalArgumentException("void has no value but null");
        };
    }

    private static void writeAll(DataType type, @Nullable Object[] values, boolean canonical, ByteWriter out) {
        out.writeUnsigned(values.length);
        for (Object value : values) {
            write(type, value, canonical, out);
        }
    }

    private static @Nullable Object[] readAll(DataType type, ByteReader in) {
        @Nullable Object[] values = new @Nullable Object[in.readCount(1)];
        for (int i = 0; i < values.length; i++) {
            values[i] = read(type, in);
        }
        return values;
    }
}
