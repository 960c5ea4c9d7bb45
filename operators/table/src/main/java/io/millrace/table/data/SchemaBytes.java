// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import io.millrace.table.type.Field;
import io.millrace.table.type.MapType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A schema as bytes. */
final class SchemaBytes {

    private static final int DECIMAL = 32;
    private static final int ARRAY = 33;
    private static final int MAP = 34;
    private static final int STRUCT = 35;

    /** Deeper types are not read: they would be no schema of ours. */
    private static final int MAX_DEPTH = 64;

    private SchemaBytes() {}

    static void write(Schema schema, ByteWriter out) {
        writeFields(schema.fields(), out);
    }

    static Schema read(ByteReader in) {
        return new Schema(readFields(in, 0));
    }

    private static void writeFields(List<Field> fields, ByteWriter out) {
        out.writeUnsigned(fields.size());
        for (Field field : fields) {
            byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
            out.writeUnsigned(name.length);
            out.writeBytes(name, 0, name.length);
            out.writeByte((field.nullable() ? 1 : 0) | (field.eventTime() ? 2 : 0));
            writeType(field.type(), out);
        }
    }

    private static List<Field> readFields(ByteReader in, int depth) {
        int count = in.readCount(3);
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = new String(in.readBytes(in.readCount(1)), StandardCharsets.UTF_8);
            int flags = in.readByte();
            fields.add(new Field(name, readType(in, depth), (flags & 1) != 0, (flags & 2) != 0));
        }
        return fields;
    }

    private static void writeType(DataType type, ByteWriter out) {
        if (type instanceof AtomicType atomic) {
            out.writeByte(code(atomic));
        } else if (type instanceof DecimalType decimal) {
            out.writeByte(DECIMAL);
            out.writeByte(decimal.precision());
            out.writeByte(decimal.scale());
        } else if (type instanceof ArrayType array) {
            out.writeByte(ARRAY);
            out.writeByte(array.containsNull() ? 1 : 0);
            writeType(array.element(), out);
        } else if (type instanceof MapType map) {
            out.writeByte(MAP);
            out.writeByte(map.containsNull() ? 1 : 0);
            writeType(map.key(), out);
            writeType(map.value(), out);
        } else {
            out.writeByte(STRUCT);
            writeFields(((StructType) type).fields(), out);
        }
    }

    private static DataType readType(ByteReader in, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("A type nested at most " + MAX_DEPTH + " deep was expected");
        }
        int tag = in.readByte();
        return switch (tag) {
            case DECIMAL -> {
                int precision = in.readByte();
                yield new DecimalType(precision, in.readByte());
            }
            case ARRAY -> {
                boolean nulls = in.readByte() != 0;
                yield new ArrayType(readType(in, depth + 1), nulls);
            }
            case MAP -> {
                boolean nulls = in.readByte() != 0;
                DataType key = readType(in, depth + 1);
                yield new MapType(key, readType(in, depth + 1), nulls);
            }
            case STRUCT -> new StructType(readFields(in, depth + 1));
            default -> atomic(tag);
        };
    }

    private static AtomicType atomic(int code) {
        for (AtomicType type : AtomicType.values()) {
            if (code(type) == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("The code of a type was expected, not " + code);
    }

    /** The codes stand in logs: they never change. */
    private static int code(AtomicType type) {
        return switch (type) {
            case NULL -> 0;
            case BOOLEAN -> 1;
            case BYTE -> 2;
            case SHORT -> 3;
            case INT -> 4;
            case LONG -> 5;
            case FLOAT -> 6;
            case DOUBLE -> 7;
            case STRING -> 8;
            case BINARY -> 9;
            case DATE -> 10;
            case TIMESTAMP -> 11;
            case DAY_TIME_INTERVAL -> 12;
            case YEAR_MONTH_INTERVAL -> 13;
        };
    }
}
