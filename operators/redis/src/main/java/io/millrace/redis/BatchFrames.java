// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The writes of a batch as the script takes them: every key once, and frames that name their key by its number. The frames come in chunks
 * of about a megabyte, and a frame is never divided.
 */
final class BatchFrames {

    /** Redis takes no more than 1024 * 1024 arguments. */
    static final int MOST_KEYS = 1_000_000;

    private static final int CHUNK = 1 << 20;

    private final String fence;
    private final long mostBytes;
    private final List<byte[]> keys = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(chunk);
    private long bytes;
    private boolean counts;

    /**
     * Frames of no writes.
     *
     * @param mostBytes how long keys and frames may be in all
     */
    BatchFrames(String fence, long mostBytes) {
        this.fence = fence;
        this.mostBytes = mostBytes;
        keys.add(fence.getBytes(UTF_8));
    }

    /**
     * Adds a write.
     *
     * @throws IllegalArgumentException if it is one too many, or would change the fence
     */
    void add(RedisWrite write) {
        if (write.key().equals(fence)) {
            throw new IllegalArgumentException("a write must not change the fence of the sink, " + fence);
        }
        Integer number = numbers.get(write.key());
        if (number == null) {
            byte[] key = write.key().getBytes(UTF_8);
            keys.add(key);
            bytes += key.length;
            number = keys.size();
            numbers.put(write.key(), number);
        }
        int before = chunk.size();
        frame(write, number);
        bytes += chunk.size() - before;
        if (keys.size() > MOST_KEYS || bytes > mostBytes) {
            throw new IllegalArgumentException("a batch may change " + MOST_KEYS + " keys by " + mostBytes
                    + " bytes of writes, but this one changes more; let records of the same key become one before, or make batches"
                    + " shorter");
        }
        if (chunk.size() >= CHUNK) {
            cut();
        }
    }

    private void frame(RedisWrite write, int number) {
        RedisWrite.Command command = write.command();
        counts |= command == RedisWrite.Command.INCRBY || command == RedisWrite.Command.HINCRBY;
        try {
            out.writeByte(command.code());
            out.writeInt(number);
            out.writeByte(write.arguments().size());
            for (String argument : write.arguments()) {
                byte[] text = argument.getBytes(UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    private void cut() {
        chunks.add(chunk.toByteArray());
        chunk.reset();
    }

    /** The fence, then every key that is written, once. */
    List<byte[]> keys() {
        return keys;
    }

    /** Every key that is written, once. */
    Iterable<String> written() {
        return numbers.keySet();
    }

    /** Whether something is incremented. */
    boolean counts() {
        return counts;
    }

    /** The frames. Nothing is to be added afterwards. */
    List<byte[]> chunks() {
        if (chunk.size() > 0) {
            cut();
        }
        return chunks;
    }
}
