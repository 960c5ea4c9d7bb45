// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.StreamingContext;
import io.millrace.receivers.kafka.KafkaReceiver;
import io.millrace.receivers.kafka.OnTrouble;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.source.LookThreads;
import io.millrace.table.source.OpenSource;
import io.millrace.table.source.RangeReceiver;
import io.millrace.table.source.Reading;
import io.millrace.table.source.ReceiverSource;
import io.millrace.table.source.StreamSource;
import io.millrace.table.type.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The records of some topics, as they come; see {@link KafkaReceiver}. Where a query wants what is there now, or so many offsets in a batch, or topics by a pattern, batches are
 * planned as ranges of offsets, which tasks read. With a checkpoint only ranges of offsets are logged, and the topics must keep what they
 * name.
 *
 * @param client the properties of consumers
 * @param topics what is read
 * @param receiver reads the topics as they come
 * @param start where it begins with partitions of which nothing is known
 * @param onLoss when records are gone
 * @param headers whether they are a column
 * @param mostPerBatch how many offsets a batch has at most
 */
record KafkaStream(
        Map<String, Object> client,
        Subscription topics,
        KafkaReceiver<byte[]> receiver,
        Offsets start,
        OnTrouble onLoss,
        boolean headers,
        long mostPerBatch)
        implements StreamSource {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Where the ends of topics are looked up. */
    private static final Executor LOOKS = new LookThreads("millrace-topic-looks");

    /** A stream; nothing is connected yet. */
    static KafkaStream of(
            Map<String, Object> client,
            Subscription topics,
            Offsets start,
            OnTrouble onLoss,
            boolean headers,
            long mostPerBatch) {
        try {
            KafkaReceiver<byte[]> receiver = KafkaReceiver.<byte[], byte[], byte[]>mapping(
                            client,
                            topics.topics(),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer(),
                            record -> KafkaRows.pack(record, headers))
                    .onLoss(onLoss);
            return new KafkaStream(Map.copyOf(client), topics, receiver, start, onLoss, headers, mostPerBatch);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("INVALID_OPTION", "the topics cannot be read: " + e.getMessage());
        }
    }

    @Override
    public Schema schema() {
        return KafkaRows.schema(headers);
    }

    @Override
    public String description() {
        return "KafkaV2[" + topics.text() + "]";
    }

    @Override
    public DStream<ColumnBatch> open(StreamingContext context) {
        return open(context, Reading.FOR_EVER).rows();
    }

    @Override
    public OpenSource open(StreamingContext context, Reading reading) {
        boolean planned = reading != Reading.FOR_EVER || topics.pattern().isPresent() || mostPerBatch < Long.MAX_VALUE;
        return planned ? ranges(context, reading) : new OpenSource(asTheyCome(context), () -> true);
    }

    private DStream<ColumnBatch> asTheyCome(StreamingContext context) {
        KafkaReceiver<byte[]> from = receiver.from(start.forReceiver(() -> KafkaTable.consumer(client)));
        Schema schema = schema();
        return new ReceiverSource<>(
                        description(),
                        schema,
                        () -> new PackedBlocks(from),
                        block -> KafkaRows.batch(block, schema, headers))
                .open(context);
    }

    private OpenSource ranges(StreamingContext context, Reading reading) {
        TopicEnds ends = new TopicEnds(client, topics, start);
        Optional<TopicEnds.Found> fixed = Optional.empty();
        if (reading != Reading.FOR_EVER) {
            try {
                fixed = Optional.of(ends.look(Set.of()));
            } catch (KafkaException e) {
                throw new AnalysisException("FAILED_READ_TOPIC", description() + " cannot be read: " + e.getMessage());
            }
        }
        long most = reading == Reading.ONCE ? Long.MAX_VALUE : mostPerBatch;
        TopicCursor cursor = new TopicCursor(ends, most, onLoss == OnTrouble.FAIL);
        RangeReceiver<TopicEnds.Found> planned =
                new RangeReceiver<>(receiver.name(), cursor, fixed, BETWEEN_LOOKS, LOOKS);
        DStream<ColumnBatch> rows = context.receiverStream(planned)
                .apply(new ReadRanges(client, new RangeReading(description(), headers), onLoss == OnTrouble.FAIL));
        return new OpenSource(rows, planned::isDrained);
    }

    /** The description; properties may be secrets. */
    @Override
    public String toString() {
        return description();
    }
}
