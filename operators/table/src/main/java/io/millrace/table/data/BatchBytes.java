// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch as bytes, with its schema: how it goes to another process or into a log. Whole numbers take as many bytes as the span between the least and the greatest of
 * a column needs.
 */
public final class BatchBytes {

    private static final int VERSION = 1;

    private BatchBytes() {}

    /** The bytes of a batch. */
    public static byte[] encode(ColumnBatch batch) {
        ByteWriter out = new ByteWriter();
        out.writeByte(VERSION);
        SchemaBytes.write(batch.schema(), out);
        out.writeUnsigned(batch.rows());
        for (int i = 0; i < batch.schema().size(); i++) {
            write(batch.schema().field(i).type(), batch.column(i), batch.rows(), out);
        }
        return out.toByteArray();
    }

    /**
     * The batch of some bytes.
     *
     * @throws IllegalArgumentException if the bytes are not those of a batch
     */
    public static ColumnBatch decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.readByte();
        if (version != VERSION) {
            throw new IllegalArgumentException("A batch of version " + VERSION + " was expected, not " + version);
        }
        Schema schema = SchemaBytes.read(in);
        int rows = in.readCount(0);
        Column[] columns = new Column[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = read(schema.field(i).type(), rows, in);
        }
        if (!in.atEnd()) {
            throw new IllegalArgumentException("A batch of " + schema + " has more bytes than it should");
        }
        return new ColumnBatch(schema, columns, rows);
    }

    private static void write(DataType type, Column column, int rows, ByteWriter out) {
        writeNulls(column.nulls(), rows, out);
        if (column instanceof IntColumn ints) {
            long[] wide = new long[rows];
            for (int i = 0; i < rows; i++) {
                wide[i] = ints.values()[i];
            }
            writeNumbers(wide, column.nulls(), rows, out);
        } else if (column instanceof LongColumn longs) {
            writeNumbers(longs.values(), column.nulls(), rows, out);
        } else if (column instanceof FloatColumn floats) {
            for (int i = 0; i < rows; i++) {
                out.writeFixed(Float.floatToRawIntBits(floats.values()[i]), 4);
            }
        } else if (column instanceof DoubleColumn doubles) {
            for (int i = 0; i < rows; i++) {
                out.writeFixed(Double.doubleToRawLongBits(doubles.values()[i]), 8);
            }
        } else if (column instanceof Utf8Column texts) {
            writeTexts(texts, rows, out);
        } else if (column instanceof StructColumn structs) {
            List<Field> fields = ((StructType) type).fields();
            for (int i = 0; i < fields.size(); i++) {
                write(fields.get(i).type(), structs.fields()[i], rows, out);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                ValueBytes.write(type, column, i, false, out);
            }
        }
    }

    private static Column read(DataType type, int rows, ByteReader in) {
        boolean[] nulls = readNulls(rows, in);
        if (type instanceof StructType struct) {
            List<Column> fields = new ArrayList<>();
            struct.fields().forEach(field -> fields.add(read(field.type(), rows, in)));
            return new StructColumn(fields.toArray(new Column[0]), nulls);
        } else if (type instanceof AtomicType atomic) {
            switch (atomic) {
                case BOOLEAN, BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> {
                    long[] wide = readNumbers(rows, in);
                    int[] values = new int[rows];
                    for (int i = 0; i < rows; i++) {
                        values[i] = (int) wide[i];
                    }
                    return new IntColumn(values, atomic == AtomicType.BOOLEAN, nulls);
                }
                case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> {
                    return new LongColumn(readNumbers(rows, in), nulls);
                }
                case FLOAT -> {
                    float[] values = new float[in.checked(rows, 4)];
                    for (int i = 0; i < rows; i++) {
                        values[i] = Float.intBitsToFloat((int) in.readFixed(4));
                    }
                    return new FloatColumn(values, nulls);
                }
                case DOUBLE -> {
                    double[] values = new double[in.checked(rows, 8)];
                    for (int i = 0; i < rows; i++) {
                        values[i] = Double.longBitsToDouble(in.readFixed(8));
                    }
                    return new DoubleColumn(values, nulls);
                }
                case STRING, BINARY -> {
                    return readTexts(atomic == AtomicType.BINARY, rows, nulls, in);
                }
                case NULL -> {}
            }
        }
        @Nullable Object[] values = new @Nullable Object[in.checked(rows, 1)];
        for (int i = 0; i < rows; i++) {
            values[i] = ValueBytes.read(type, in);
        }
        return new ObjectColumn(values, nulls);
    }

    private static void writeTexts(Utf8Column texts, int rows, ByteWriter out) {
        long[] lengths = new long[rows];
        for (int i = 0; i < rows; i++) {
            lengths[i] = texts.isNull(i) ? 0 : texts.lengths()[i];
        }
        writeNumbers(lengths, null, rows, out);
        for (int i = 0; i < rows; i++) {
            out.writeBytes(texts.bytes(), texts.starts()[i], (int) lengths[i]);
        }
    }

    private static Utf8Column readTexts(boolean binary, int rows, boolean @Nullable [] nulls, ByteReader in) {
        long[] wide = readNumbers(rows, in);
        int[] starts = new int[rows];
        int[] lengths = new int[rows];
        int end = 0;
        for (int i = 0; i < rows; i++) {
            if (wide[i] < 0 || wide[i] > Integer.MAX_VALUE - end) {
                throw new IllegalArgumentException("A string of " + wide[i] + " bytes cannot be");
            }
            starts[i] = end;
            lengths[i] = (int) wide[i];
            end += lengths[i];
        }
        return new Utf8Column(in.readBytes(end), starts, lengths, binary, nulls);
    }

    private static void writeNulls(boolean @Nullable [] nulls, int rows, ByteWriter out) {
        out.writeByte(nulls == null ? 0 : 1);
        for (int i = 0; nulls != null && i < rows; i += 8) {
            int bits = 0;
            for (int k = i; k < Math.min(i + 8, rows); k++) {
                bits |= nulls[k] ? 1 << (k - i) : 0;
            }
            out.writeByte(bits);
        }
    }

    private static boolean @Nullable [] readNulls(int rows, ByteReader in) {
        if (in.readByte() == 0) {
            return null;
        }
        byte[] bits = in.readBytes((rows + 7) / 8);
        boolean[] nulls = new boolean[rows];
        for (int i = 0; i < rows; i++) {
            nulls[i] = (bits[i / 8] >> (i % 8) & 1) != 0;
        }
        return nulls;
    }

    /** The least number, then how many bytes each takes beyond it, then those. */
    private static void writeNumbers(long[] values, boolean @Nullable [] nulls, int rows, ByteWriter out) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < rows; i++) {
            if (nulls == null || !nulls[i]) {
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
        }
        least = least > greatest ? 0 : least;
        long span = Math.max(least, greatest) - least; // as an unsigned number
        int width = (64 - Long.numberOfLeadingZeros(span) + 7) / 8;
        out.writeSigned(least);
        out.writeByte(width);
        for (int i = 0; width > 0 && i < rows; i++) {
            out.writeFixed(nulls != null && nulls[i] ? 0 : values[i] - least, width);
        }
    }

    private static long[] readNumbers(int rows, ByteReader in) {
        long least = in.readSigned();
        int width = in.readByte();
        if (width > 8) {
            throw new IllegalArgumentException("A width of at most 8 bytes was expected, not " + width);
        }
        long[] values = new long[in.checked(rows, width)];
        for (int i = 0; i < rows; i++) {
            values[i] = least + in.readFixed(width);
        }
        return values;
    }
}
