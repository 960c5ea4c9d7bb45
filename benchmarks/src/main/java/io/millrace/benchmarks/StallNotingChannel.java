// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A channel that notes when writing to it took long. */
final class StallNotingChannel implements WritableByteChannel {

    private final WritableByteChannel to;
    private final Stalls stalls;

    StallNotingChannel(WritableByteChannel to, Stalls stalls) {
        this.to = to;
        this.stalls = stalls;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        long beginMicros = EpochMicros.now();
        int written = to.write(bytes);
        stalls.wrote(beginMicros, EpochMicros.now());
        return written;
    }

    @Override
    public boolean isOpen() {
        return to.isOpen();
    }

    @Override
    public void close() throws IOException {
        to.close();
    }
}
