// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Which record of Kafka a row is: Spark's columns. Places are -1 for columns that are not there.
 *
 * @param topic where all rows go, if the rows do not say it
 * @param key place of the key
 * @param value place of the value
 * @param headers place of the headers
 * @param named place of the topic
 * @param partition place of the partition
 */
record RowRecords(Optional<String> topic, int key, int value, int headers, int named, int partition) {

    /**
     * The form of rows of a schema.
     *
     * @throws AnalysisException if a column is missing or of another type
     */
    static RowRecords of(Schema schema, Optional<String> topic) {
        int named = place(schema, "topic", AtomicType.STRING);
        if (named < 0 && topic.isEmpty()) {
            throw refused("topic option required when no 'topic' attribute is present."
                    + " Use the topic option for setting a topic.");
        }
        int value = place(schema, "value", AtomicType.STRING, AtomicType.BINARY);
        if (value < 0) {
            throw refused("Required attribute 'value' not found");
        }
        return new RowRecords(
                topic,
                place(schema, "key", AtomicType.STRING, AtomicType.BINARY),
                value,
                place(schema, "headers", KafkaRows.HEADERS),
                named,
                place(schema, "partition", AtomicType.INT));
    }

    private static int place(Schema schema, String name, DataType... types) {
        int place = schema.indexOf(name);
        if (place < 0) {
            return place;
        }
        DataType type = schema.field(place).type();
        List<String> wanted = new ArrayList<>();
        for (DataType one : types) {
            if (one.sql().equalsIgnoreCase(type.sql())) {
                return place;
            }
            wanted.add(one.sql());
        }
        throw refused(name + " attribute unsupported type " + type.sql() + ". " + name + " must be a(n) "
                + String.join(" or ", wanted));
    }

    private static AnalysisException refused(String message) {
        return new AnalysisException("_LEGACY_ERROR_TEMP_3080", message);
    }

    /**
     * The record of a row.
     *
     * @throws IllegalArgumentException if it has no topic, or a partition below 0
     */
    ProducerRecord<byte[], byte[]> of(Row row) {
        Object to = topic.isPresent() ? topic.get() : row.get(named);
        if (to == null) {
            throw new IllegalArgumentException(
                    "null topic present in the data. Use the topic option for setting a topic.");
        }
        Integer where = partition < 0 ? null : (Integer) row.get(partition);
        List<Header> all = headers < 0 ? List.of() : headers((List<?>) row.get(headers));
        return new ProducerRecord<>(
                to.toString(), where, key < 0 ? null : bytes(row.get(key)), bytes(row.get(value)), all);
    }

    private static byte @Nullable [] bytes(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        return value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Header> headers(@Nullable List<?> given) {
        List<Header> headers = new ArrayList<>();
        for (Object one : given == null ? List.of() : given) {
            if (!(one instanceof Row header) || header.isNullAt(0)) {
                throw new IllegalArgumentException("a header has no key: " + one);
            }
            headers.add(new RecordHeader(header.getString(0), bytes(header.get(1))));
        }
        return headers;
    }
}
