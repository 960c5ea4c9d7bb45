// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Sends a {@link ZipfText} over and over, as fast as the reader reads. */
final class FullSpeedLoad implements Load {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final ZipfText text;
    private long repeats;
    private int prefixBytes;

    FullSpeedLoad(ZipfText text) {
        this.text = text;
    }

    @Override
    public void send(WritableByteChannel out, StopSignal stop) throws IOException {
        ByteBuffer bytes = text.bytes();
        int end = bytes.limit();
        while (!stop.raised()) {
            if (bytes.position() == end) {
                bytes.position(0);
                repeats++;
            }
            write(out, bytes, Math.min(bytes.position() + CHUNK_BYTES, end));
            bytes.limit(end);
        }
        write(out, bytes, text.lineEnd(bytes.position()));
        prefixBytes = bytes.position();
    }

    private static void write(WritableByteChannel out, ByteBuffer bytes, int limit) throws IOException {
        bytes.limit(limit);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    @Override
    public Sent sent(Tally tally) {
        return text.sent(repeats, prefixBytes, tally);
    }
}
