// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.wire.TypeRegistry;
import io.millrace.runtime.wire.ValueCodec;
import io.millrace.runtime.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Batches of a run, as a {@link Recorder} kept them. Immutable; can be saved in a file, from which a regression test replays it.
 *
 * @param interval the batch interval of the job
 * @param batches the batches in order
 * @param fromTheFirst true if the job's first batch is among them, so that a state has nothing before them
 */
public record Recording(Duration interval, List<RecordedBatch> batches, boolean fromTheFirst) {

    private static final byte[] MAGIC = "MillraceRecording1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_BYTES = Long.BYTES;

    /** Copies the batches. */
    public Recording {
        batches = List.copyOf(batches);
    }

    /**
     * Writes it to a file, in place of what is there.
     *
     * @param types the user's records and enums that are in it
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if a record is of a class that is not registered; the message names it
     */
    public void save(Path file, Class<?>... types) throws IOException {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(interval.toMillis());
        all.add(fromTheFirst);
        for (RecordedBatch batch : batches) {
            all.add(Arrays.asList(batch.time().millis(), batch.inputs(), batch.outputs()));
        }
        byte[] body;
        try {
            body = codec(types).encode(all);
        } catch (WireException e) {
            throw new IllegalArgumentException("The recording cannot be saved: " + e.getMessage(), e);
        }
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + CRC_BYTES + body.length);
        bytes.put(MAGIC).putLong(crc(body)).put(body);
        Files.write(file, bytes.array());
    }

    /**
     * Reads what {@link #save} wrote.
     *
     * @param types the same types
     * @throws IOException if the file cannot be read, is no recording, or is damaged; the message names it
     */
    public static Recording load(Path file, Class<?>... types) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int begin = MAGIC.length + CRC_BYTES;
        if (bytes.length < begin || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(file + " is no recording");
        }
        byte[] body = Arrays.copyOfRange(bytes, begin, bytes.length);
        if (ByteBuffer.wrap(bytes, MAGIC.length, CRC_BYTES).getLong() != crc(body)) {
            throw new IOException(file + " is damaged: its checksum does not match its " + body.length + " bytes");
        }
        try {
            return of((List<?>) present(codec(types).decode(body)));
        } catch (WireException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Recording of(List<?> all) {
        List<RecordedBatch> batches = new ArrayList<>();
        for (Object entry : all.subList(2, all.size())) {
            List<?> batch = (List<?>) entry;
            batches.add(new RecordedBatch(
                    new BatchTime((Long) batch.get(0)),
                    (Map<String, List<@Nullable Object>>) batch.get(1),
                    (Map<String, List<@Nullable Object>>) batch.get(2)));
        }
        return new Recording(Duration.ofMillis((Long) all.get(0)), batches, (Boolean) all.get(1));
    }

    private static Object present(@Nullable Object value) {
        if (value == null) {
            throw new WireException("nothing is in it");
        }
        return value;
    }

    private static ValueCodec codec(Class<?>... types) {
        TypeRegistry.Builder registry = TypeRegistry.builder();
        for (Class<?> type : types) {
            registry.register(type);
        }
        return new ValueCodec(registry.build());
    }

    private static long crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
