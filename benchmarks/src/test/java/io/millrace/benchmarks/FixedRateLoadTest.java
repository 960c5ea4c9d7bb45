// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FixedRateLoadTest {

    private final FixedRateLoad load = new FixedRateLoad(Vocabulary.generate(100, 1), 10_000, 1);
    private final Received received = new Received();

    @Test
    void sendsWholeLinesAndSaysHowMany() throws IOException {
        load.send(received, StopSignal.after(Duration.ofMillis(30)));

        Sent sent = load.sent(new Tally(Optional.empty()));
        assertThat(sent.lines()).isPositive().isEqualTo(received.lines);
        assertThat(sent.bytes()).isEqualTo(received.bytes);
        assertThat(sent.totals().words()).isEqualTo(9 * received.lines);
    }

    @Test
    void goesOnAtItsPaceOverAnotherConnection() throws IOException {
        load.send(received, StopSignal.after(Duration.ofMillis(30)));
        long before = received.lines;
        load.send(received, StopSignal.after(Duration.ofMillis(30)));

        assertThat(received.lines).isGreaterThan(before);
        assertThat(load.sent(new Tally(Optional.empty())).lines()).isEqualTo(received.lines);
    }

    private static final class Received implements WritableByteChannel {
        private long lines;
        private long bytes;

        @Override
        public int write(ByteBuffer source) {
            int length = source.remaining();
            while (source.hasRemaining()) {
                lines += source.get() == '\n' ? 1 : 0;
            }
            bytes += length;
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
