// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operators.kafka.KafkaSink;
import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TransactionalTableSink;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes batches to topics, each in one transaction: exactly once with a checkpoint; see {@link KafkaSink}.
 *
 * @param form which record a row is
 * @param records writes them
 */
record KafkaTableSink(RowRecords form, KafkaSink<ProducerRecord<byte[], byte[]>> records)
        implements TransactionalTableSink {

    /** Checks columns and options; nothing is connected yet. */
    static KafkaTableSink of(Map<String, Object> client, Schema schema, FormatOptions options) {
        Optional<String> topic = options.get("topic");
        RowRecords form = RowRecords.of(schema, topic);
        try {
            ByteArraySerializer bytes = new ByteArraySerializer();
            KafkaSink<ProducerRecord<byte[], byte[]>> sink =
                    KafkaSink.<ProducerRecord<byte[], byte[]>, byte[], byte[]>of(
                            client, bytes, bytes, record -> record);
            return new KafkaTableSink(
                    form, options.get("commitsTopic").map(sink::commitsTopic).orElse(sink));
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("INVALID_OPTION", "topics cannot be written to: " + e.getMessage());
        }
    }

    @Override
    public String description() {
        return "KafkaTable[" + form.topic().orElse("by the column topic") + "]";
    }

    @Override
    public void write(SinkBatch batch) throws Exception {
        records.write(batch.time(), records(batch));
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws Exception {
        return records.claim(claim);
    }

    @Override
    public boolean commit(OutputCommit commit, SinkBatch batch) throws Exception {
        return records.commit(commit, records(batch));
    }

    /** All records, made before the first is sent: a row that is none would be one tomorrow neither. */
    private List<ProducerRecord<byte[], byte[]>> records(SinkBatch batch) throws OutputRefusedException {
        List<ProducerRecord<byte[], byte[]>> made = new ArrayList<>();
        for (Row row : batch.rows()) {
            try {
                made.add(form.of(row));
            } catch (IllegalArgumentException e) {
                String what = "row " + made.size() + " of batch " + batch.batchId() + " is no record of Kafka: "
                        + e.getMessage();
                throw new OutputRefusedException(what, new QueryExecutionException("KAFKA_RECORD_INVALID", what));
            }
        }
        return made;
    }

    @Override
    public void close() {
        records.close();
    }
}
