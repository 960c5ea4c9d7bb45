// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What rows the records of a topic are: Spark's columns. Between the receiver and the tasks a record travels as an array, so that it needs no
 * registration and may cross between processes.
 */
final class KafkaRows {

    /** The type of the column {@code headers}. */
    static final DataType HEADERS = new ArrayType(
            new StructType(List.of(Field.of("key", AtomicType.STRING), Field.of("value", AtomicType.BINARY))), true);

    private static final long MICROS = 1_000;

    private static final int FIXED_BYTES = 64;

    private KafkaRows() {}

    /** The columns. */
    static Schema schema(boolean headers) {
        List<Field> fields = new ArrayList<>(List.of(
                Field.of("key", AtomicType.BINARY),
                Field.of("value", AtomicType.BINARY),
                Field.of("topic", AtomicType.STRING),
                Field.of("partition", AtomicType.INT),
                Field.of("offset", AtomicType.LONG),
                Field.of("timestamp", AtomicType.TIMESTAMP),
                Field.of("timestampType", AtomicType.INT)));
        if (headers) {
            fields.add(Field.of("headers", HEADERS));
        }
        return new Schema(fields);
    }

    /** The row of a record, in the form inside. */
    static @Nullable Object[] row(ConsumerRecord<byte[], byte[]> record, boolean headers) {
        byte[] packed = pack(record, headers);
        return unpack(packed, ByteBuffer.wrap(packed), headers);
    }

    /** The array of several records. */
    static byte[] join(List<byte[]> packed) {
        ByteBuffer joined = ByteBuffer.allocate(
                Math.toIntExact(packed.stream().mapToLong(one -> one.length).sum()));
        packed.forEach(joined::put);
        return joined.array();
    }

    /** The rows of an array of several records, in their order. */
    static ColumnBatch batch(byte[] joined, Schema schema, boolean headers) {
        ByteBuffer in = ByteBuffer.wrap(joined);
        ColumnBatchBuilder rows = new ColumnBatchBuilder(schema);
        while (in.hasRemaining()) {
            rows.append(unpack(joined, in, headers));
        }
        return rows.build();
    }

    /** The array of a record. */
    static byte[] pack(ConsumerRecord<byte[], byte[]> record, boolean headers) {
        byte[] topic = record.topic().getBytes(StandardCharsets.UTF_8);
        List<Header> kept = new ArrayList<>();
        int size = FIXED_BYTES + topic.length + length(record.key()) + length(record.value());
        if (headers) {
            for (Header header : record.headers()) {
                kept.add(header);
                size += 2 * Integer.BYTES + 3 * header.key().length() + length(header.value());
            }
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        put(out, record.key());
        put(out, record.value());
        put(out, topic);
        out.putInt(record.partition()).putLong(record.offset()).putLong(record.timestamp());
        out.putInt(record.timestampType().id).putInt(kept.size());
        for (Header header : kept) {
            put(out, header.key().getBytes(StandardCharsets.UTF_8));
            put(out, header.value());
        }
        byte[] packed = new byte[out.position()];
        out.flip().get(packed);
        return packed;
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void put(ByteBuffer out, byte @Nullable [] bytes) {
        if (bytes == null) {
            out.putInt(-1);
        } else {
            out.putInt(bytes.length).put(bytes);
        }
    }

    /** The next row of an array, in the form inside. */
    private static @Nullable Object[] unpack(byte[] packed, ByteBuffer in, boolean headers) {
        @Nullable Object[] row = new @Nullable Object[headers ? 8 : 7];
        row[0] = bytes(in);
        row[1] = bytes(in);
        row[2] = text(packed, in);
        row[3] = in.getInt();
        row[4] = in.getLong();
        row[5] = Math.multiplyExact(in.getLong(), MICROS);
        row[6] = in.getInt();
        int count = in.getInt();
        if (headers && count > 0) {
            Object[] all = new Object[count];
            for (int i = 0; i < count; i++) {
                all[i] = new @Nullable Object[] {text(packed, in), bytes(in)};
            }
            row[7] = all;
        }
        return row;
    }

    private static byte @Nullable [] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static Utf8 text(byte[] packed, ByteBuffer in) {
        int length = in.getInt();
        Utf8 text = new Utf8(packed, in.position(), length);
        in.position(in.position() + length);
        return text;
    }
}
