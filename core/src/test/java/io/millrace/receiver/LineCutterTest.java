// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class LineCutterTest {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    @Test
    void keepsNothingOfAnEndlessLine() {
        int maxLineBytes = MIB;
        byte[] xs = new byte[128 * KIB];
        Arrays.fill(xs, (byte) 'x');
        LineCutter cutter = new LineCutter("endless", maxLineBytes);
        CRC32C crc = new CRC32C();

        long before = allocatedBytes();
        for (int i = 0; i < 4096; i++) {
            cutter.offer(xs);
            assertThatNothingComesOf(cutter);
            crc.update(xs);
        }
        long allocated = allocatedBytes() - before;

        assertThat(cutter.unfinishedBytes()).isEqualTo(4096L * 128 * KIB);
        assertThat(allocated).isLessThan(4L * maxLineBytes);

        cutter.offer(new byte[] {'\n', 'a', '\n'});
        TextChunk chunk = Objects.requireNonNull(cutter.next());
        assertThat(chunk.lines()).isEqualTo(ByteString.fromString("a\n"));
        assertThat(chunk.position()).isEqualTo(4096L * 128 * KIB + 1);
        assertThat(chunk.rejected()).singleElement().satisfies(line -> {
            assertThat(line.length()).isEqualTo(4096L * 128 * KIB);
            assertThat(line.prefix()).isEqualTo(ByteString.fromString("x".repeat(128)));
            assertThat(line.crc32c()).isEqualTo((int) crc.getValue());
        });
    }

    @Test
    void copiesALineThatComesByteByByteOnlyAFewTimes() {
        LineCutter cutter = new LineCutter("slow", MIB);
        byte[] x = {'x'};

        long before = allocatedBytes();
        for (int i = 0; i < MIB; i++) {
            cutter.offer(x);
            assertThatNothingComesOf(cutter);
        }
        cutter.offer(new byte[] {'\n'});
        TextChunk chunk = Objects.requireNonNull(cutter.next());
        long allocated = allocatedBytes() - before;

        assertThat(chunk.lines().size()).isEqualTo(MIB + 1);
        assertThat(allocated).isLessThan(64L * MIB);
    }

    @Test
    void givesOutOneArrayForShortLinesAndTwoPartsForLongOnes() {
        LineCutter cutter = new LineCutter("parts", MIB);

        cutter.offer(ByteString.fromString("a").toArray());
        assertThatNothingComesOf(cutter);
        cutter.offer(ByteString.fromString("b\nc").toArray());
        ByteString small = Objects.requireNonNull(cutter.next()).lines();
        cutter.offer(ByteString.fromString("d\n".repeat(100 * KIB)).toArray());
        ByteString large = Objects.requireNonNull(cutter.next()).lines();

        assertThat(small.isCompact()).isTrue();
        assertThat(large.getByteBuffers()).hasSize(2);
        assertThat(large.take(4)).isEqualTo(ByteString.fromString("cd\nd"));
    }

    private static void assertThatNothingComesOf(LineCutter cutter) {
        if (cutter.next() != null) {
            throw new AssertionError("a chunk came although no line was complete");
        }
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
