// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TextBlockTest {

    private static final BlockId ID = new BlockId(0, 0, 0);

    private static TextBlock block(byte[] bytes, BlockBuffers buffers) {
        return new TextBlock(
                new BlockInfo(ID, bytes.length, -1, 0, 0, 0),
                bytes,
                bytes.length,
                new Origins(List.of(), new int[0], new long[0]),
                List.of(),
                buffers);
    }

    @Test
    void itsBytesGoBackWhenTheLastHolderLetsGo() {
        BlockBuffers buffers = new BlockBuffers(8, 4);
        byte[] bytes = buffers.take();
        TextBlock block = block(bytes, buffers);
        assertThat(block.retain()).isTrue();

        block.release();
        assertThat(buffers.take()).as("somebody still holds it").isNotSameAs(bytes);

        block.release();
        assertThat(buffers.take()).isSameAs(bytes);
    }

    @Test
    void whatNobodyHoldsAnyMoreCannotBeHeldAgain() {
        TextBlock block = block(new byte[8], BlockBuffers.UNPOOLED);

        block.release();

        assertThat(block.retain()).isFalse();
        assertThat(block.retain()).isFalse();
    }

    @Test
    void aStoreHoldsABlockUntilItIsDropped() {
        BlockBuffers buffers = new BlockBuffers(8, 4);
        byte[] bytes = buffers.take();
        TextBlock block = block(bytes, buffers);
        BlockStore store = new BlockStore();
        store.put(block);
        block.release();

        Block acquired = store.acquire(ID);
        assertThat(acquired).isSameAs(block);
        store.drop(ID);
        assertThat(store.acquire(ID)).isNull();
        assertThat(buffers.take()).as("a task still holds it").isNotSameAs(bytes);
        block.release();

        assertThat(buffers.take()).isSameAs(bytes);
        assertThat(store.size()).isZero();
    }

    @Test
    void toPutABlockTwiceIsTheSameAsOnce() {
        BlockBuffers buffers = new BlockBuffers(8, 4);
        byte[] bytes = buffers.take();
        TextBlock block = block(bytes, buffers);
        BlockStore store = new BlockStore();

        store.put(block);
        store.put(block);
        block.release();
        store.drop(ID);
        store.drop(ID);

        assertThat(buffers.take()).isSameAs(bytes);
        assertThat(block.retain()).isFalse();
    }

    @Test
    void aStoreDoesNotKeepABlockThatIsGoneAlready() {
        TextBlock block = block(new byte[8], BlockBuffers.UNPOOLED);
        block.release();
        BlockStore store = new BlockStore();

        store.put(block);

        assertThat(store.size()).isZero();
        assertThat(store.acquire(ID)).isNull();
    }

    @Test
    void aStoreThatIsClearedLetsEverythingGo() {
        BlockBuffers buffers = new BlockBuffers(8, 4);
        byte[] bytes = buffers.take();
        TextBlock block = block(bytes, buffers);
        BlockStore store = new BlockStore();
        store.put(block);
        block.release();
        assertThat(store.ids()).containsExactly(ID);

        store.clear();

        assertThat(store.size()).isZero();
        assertThat(buffers.take()).isSameAs(bytes);
    }

    @Test
    void recordsAreLeftToTheGarbageCollector() {
        RecordBlock block =
                new RecordBlock(new BlockInfo(ID, 1, 1, 0, 0, 0), new Object[] {"a".getBytes(StandardCharsets.UTF_8)});

        block.release();
        block.release();

        assertThat(block.retain()).isTrue();
        assertThat(block.rejected()).isEmpty();
    }

    /** Two executors hold a block, tasks of both work on it, and it is dropped from both stores at the same time. */
    @Test
    void howeverThreadsRaceTheBytesGoBackExactlyOnceAndNeverWhileSomebodyReadsThem() throws Exception {
        int rounds = 20_000;
        int threads = 4;
        BlockBuffers buffers = new BlockBuffers(16, 64);
        BlockStore[] stores = {new BlockStore(), new BlockStore()};
        CyclicBarrier barrier = new CyclicBarrier(threads);
        AtomicInteger torn = new AtomicInteger();
        AtomicInteger read = new AtomicInteger();
        byte[][] current = new byte[1][];
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                Callable<Object> work = () -> {
                    for (int round = 0; round < rounds; round++) {
                        if (thread == 0) {
                            byte[] bytes = buffers.take();
                            java.util.Arrays.fill(bytes, (byte) round);
                            current[0] = bytes;
                            TextBlock block = block(bytes, buffers);
                            stores[0].put(block);
                            stores[1].put(block);
                            block.release();
                        }
                        barrier.await();
                        Block held = stores[thread % 2].acquire(ID);
                        if (thread >= 2) {
                            stores[thread % 2].drop(ID);
                        }
                        if (held instanceof TextBlock text) {
                            read.incrementAndGet();
                            for (byte value : text.bytes()) {
                                if (value != (byte) round) {
                                    torn.incrementAndGet();
                                }
                            }
                            held.release();
                        }
                        barrier.await();
                        if (thread == 0) {
                            assertThat(buffers.take()).isSameAs(current[0]);
                            assertThat(buffers.take())
                                    .as("given back once only")
                                    .isNotSameAs(current[0]);
                        }
                        barrier.await();
                    }
                    return thread;
                };
                all.add(pool.submit(work));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(torn.get()).isZero();
        assertThat(read.get()).isPositive();
    }
}
