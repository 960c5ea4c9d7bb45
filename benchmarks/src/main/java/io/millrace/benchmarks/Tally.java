// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sums up running totals into {@link Totals}, word by word in any order, and may list them in a file.
 *
 * <p>Add each word once, with its final count. Not thread-safe.
 */
public final class Tally implements AutoCloseable {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Optional<BufferedWriter> list;
    private long words;
    private long distinct;
    private long checksum;

    /** A tally that also writes {@code word count} lines to the file, if there is one. */
    Tally(Optional<Path> file) {
        list = file.map(Tally::open);
    }

    private static BufferedWriter open(Path file) {
        try {
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Adds a word, given as UTF-8 bytes, and how often it was seen in all. */
    void add(byte[] text, int offset, int length, long count) {
        long hash = FNV_OFFSET;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (text[i] & 0xff)) * FNV_PRIME;
        }
        words += count;
        distinct++;
        checksum += mix(hash) * count;
        if (list.isPresent()) {
            write(list.get(), new String(text, offset, length, StandardCharsets.UTF_8) + ' ' + count + '\n');
        }
    }

    /** Adds a word and how often it was seen in all. */
    public void add(String word, long count) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        add(bytes, 0, bytes.length, count);
    }

    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    private static void write(BufferedWriter writer, String line) {
        try {
            writer.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was added so far. */
    public Totals totals() {
        return new Totals(words, distinct, checksum);
    }

    @Override
    public void close() throws IOException {
        if (list.isPresent()) {
            list.get().close();
        }
    }
}
