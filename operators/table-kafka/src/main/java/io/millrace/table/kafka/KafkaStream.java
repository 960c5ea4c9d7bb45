// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.StreamingContext;
import io.millrace.receivers.kafka.KafkaReceiver;
import io.millrace.receivers.kafka.OnTrouble;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.source.ReceiverSource;
import io.millrace.table.source.StreamSource;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of some topics, as they come; see {@link KafkaReceiver}. With a checkpoint only ranges of offsets are logged, and the topics must
 * keep what they name.
 *
 * @param description what stands in plans
 * @param client the properties of consumers
 * @param receiver reads the topics
 * @param start where it begins with partitions of which nothing is known
 * @param headers whether they are a column
 */
record KafkaStream(
        String description, Map<String, Object> client, KafkaReceiver<byte[]> receiver, Offsets start, boolean headers)
        implements StreamSource {

    /** A stream; nothing is connected yet. */
    static KafkaStream of(
            Map<String, Object> client, List<String> topics, Offsets start, OnTrouble onLoss, boolean headers) {
        try {
            KafkaReceiver<byte[]> receiver = KafkaReceiver.<byte[], byte[], byte[]>mapping(
                            client,
                            topics,
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer(),
                            record -> KafkaRows.pack(record, headers))
                    .onLoss(onLoss);
            String description = "KafkaV2[Subscribe[" + String.join(", ", topics) + "]]";
            return new KafkaStream(description, Map.copyOf(client), receiver, start, headers);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("INVALID_OPTION", "the topics cannot be read: " + e.getMessage());
        }
    }

    @Override
    public Schema schema() {
        return KafkaRows.schema(headers);
    }

    @Override
    public DStream<ColumnBatch> open(StreamingContext context) {
        KafkaReceiver<byte[]> from = receiver.from(start.forReceiver(() -> KafkaTable.consumer(client)));
        Schema schema = schema();
        return new ReceiverSource<>(
                        description,
                        schema,
                        () -> new PackedBlocks(from),
                        block -> KafkaRows.batch(block, schema, headers))
                .open(context);
    }

    /** The description; properties may be secrets. */
    @Override
    public String toString() {
        return description;
    }
}
