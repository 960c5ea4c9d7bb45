// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogAppenderTest {

    private final CrashingStorage storage = new CrashingStorage();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final List<String> watched = new ArrayList<>();
    private long maxPendingBytes = 1 << 20;

    private final LogWatcher watcher = new LogWatcher() {
        @Override
        public void stalled(LogWriteException reason) {
            watched.add("stalled");
        }

        @Override
        public void resumed() {
            watched.add("resumed");
        }

        @Override
        public void failed(IOException reason) {
            watched.add(reason.getClass().getSimpleName());
        }
    };

    @Test
    void theCallerNeverTouchesTheDisk() throws IOException {
        LogAppender appender = appender(work::add);
        int calls = storage.calls();

        CompletionStage<Long> appended = appender.append(record(10), record(20));
        appender.roll();
        appender.truncateBefore(1);

        assertThat(storage.calls()).isEqualTo(calls);
        assertThat(work).hasSize(1);
        assertThat(appended.toCompletableFuture()).isNotDone();
        assertThat(appender.pendingBytes()).isEqualTo(30 + 2 * RecordFrame.OVERHEAD);
        runAll();
        assertThat(appended.toCompletableFuture()).isCompletedWithValue(2L);
        assertThat(appender.pendingBytes()).isZero();
    }

    @Test
    void oneSyncServesAllThatWait() throws IOException {
        LogAppender appender = appender(work::add);
        List<CompletableFuture<Long>> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(appender.append(record(i)).toCompletableFuture());
        }
        int syncs = storage.syncs();

        runAll();

        assertThat(storage.syncs() - syncs).isEqualTo(1);
        for (int i = 0; i < 100; i++) {
            assertThat(all.get(i)).isCompletedWithValue(i + 1L);
        }
    }

    @Test
    void onAnExecutorThatRunsAtOnceAllIsDoneAtOnce() throws IOException {
        LogAppender appender = appender(Runnable::run);
        List<Long> told = new ArrayList<>();

        appender.append(record(1)).thenAccept(first -> {
            told.add(first);
            appender.append(record(1)).thenAccept(told::add);
        });

        assertThat(told).containsExactly(1L, 2L);
        assertThat(appender.roll().toCompletableFuture()).isCompleted();
        assertThat(appender.truncateBefore(3).toCompletableFuture()).isCompletedWithValue(true);
        assertThat(appender.truncateBefore(9).toCompletableFuture()).isCompletedExceptionally();
        assertThat(appender.append(record(1)).toCompletableFuture())
                .as("a wrong number is no harm to the log")
                .isCompletedWithValue(3L);
        assertThat(watched).isEmpty();
    }

    @Test
    void aFullDiskHoldsAllBackUntilItIsTriedAgain() throws IOException {
        LogAppender appender = appender(work::add);
        storage.room(40);
        CompletableFuture<Long> first = appender.append(record(100)).toCompletableFuture();
        runAll();
        assertThat(watched).containsExactly("stalled");
        CompletableFuture<Long> second = appender.append(record(100)).toCompletableFuture();
        assertThat(work).as("nobody tries until somebody says so").isEmpty();
        appender.retry();
        runAll();
        assertThat(watched).as("told once").containsExactly("stalled");
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();

        storage.room(Long.MAX_VALUE);
        appender.retry();
        runAll();

        assertThat(watched).containsExactly("stalled", "resumed");
        assertThat(first).isCompletedWithValue(1L);
        assertThat(second).isCompletedWithValue(2L);
        appender.retry();
        runAll();
        assertThat(watched).hasSize(2);
    }

    @Test
    void aFullDiskFailsOnlyTheTruncationThatNeedsRoom() throws IOException {
        LogAppender appender = appender(Runnable::run);
        appender.append(record(100));
        storage.room(10);

        assertThatThrownBy(
                        () -> appender.truncateBefore(2).toCompletableFuture().join())
                .hasCauseInstanceOf(LogWriteException.class);
        storage.room(Long.MAX_VALUE);

        assertThat(appender.append(record(1)).toCompletableFuture()).isCompletedWithValue(2L);
        assertThat(appender.truncateBefore(2).toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void aFailedSyncFailsAllThatWaitsAndAllThatComes() throws IOException {
        LogAppender appender = appender(work::add);
        CompletableFuture<Long> first = appender.append(record(1)).toCompletableFuture();
        CompletableFuture<Boolean> chore = appender.truncateBefore(1).toCompletableFuture();
        storage.failAt(storage.calls() + 2);

        runAll();

        assertThatThrownBy(first::join).hasCauseInstanceOf(LogPoisonedException.class);
        assertThatThrownBy(chore::join).hasCauseInstanceOf(LogPoisonedException.class);
        assertThatThrownBy(
                        () -> appender.append(record(1)).toCompletableFuture().join())
                .hasCauseInstanceOf(LogPoisonedException.class);
        assertThatThrownBy(() -> appender.roll().toCompletableFuture().join())
                .hasCauseInstanceOf(LogPoisonedException.class);
        assertThat(work).isEmpty();
        assertThat(watched).containsExactly("LogPoisonedException");
        assertThat(appender.close().toCompletableFuture()).isCompleted();
    }

    @Test
    void aNewerWriterIsTold() throws IOException {
        LogAppender appender = appender(work::add);
        CompletableFuture<Long> appended = appender.append(record(1)).toCompletableFuture();
        LogAppender newer = appender(Runnable::run);

        runAll();

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogFencedException.class);
        assertThat(watched).containsExactly("LogFencedException");
        assertThat(newer.append(record(1)).toCompletableFuture()).isCompletedWithValue(1L);
    }

    @Test
    void anExecutorThatTakesNothingMoreFailsTheLog() throws IOException {
        LogAppender appender = appender(command -> {
            throw new RejectedExecutionException("shut down");
        });

        assertThatThrownBy(
                        () -> appender.append(record(1)).toCompletableFuture().join())
                .hasCauseInstanceOf(LogPoisonedException.class)
                .hasMessageContaining("shut down");
        assertThat(watched).containsExactly("LogPoisonedException");
    }

    @Test
    void closingBringsToTheDiskWhatWaits() throws IOException {
        LogAppender appender = appender(work::add);
        CompletableFuture<Long> appended = appender.append(record(1)).toCompletableFuture();
        CompletionStage<?> closed = appender.close();
        CompletableFuture<Long> late = appender.append(record(1)).toCompletableFuture();

        runAll();

        assertThat(appended).isCompletedWithValue(1L);
        assertThat(closed.toCompletableFuture()).isCompleted();
        assertThatThrownBy(late::join).hasMessageContaining("closed");
        assertThatThrownBy(
                        () -> appender.append(record(1)).toCompletableFuture().join())
                .hasMessageContaining("closed");
        assertThat(watched).isEmpty();
    }

    @Test
    void closingWithAFullDiskFailsWhatWaits() throws IOException {
        LogAppender appender = appender(Runnable::run);
        storage.room(0);
        CompletableFuture<Long> appended = appender.append(record(1)).toCompletableFuture();

        assertThat(appender.close().toCompletableFuture()).isCompleted();

        assertThatThrownBy(appended::join).hasCauseInstanceOf(LogWriteException.class);
    }

    @Test
    void waitingBytesAreBounded() throws IOException {
        maxPendingBytes = 1000;
        LogAppender appender = appender(work::add);
        appender.append(record(900));

        assertThatThrownBy(() -> appender.append(record(900)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at most 1000 bytes may wait");
        assertThat(appender.pendingBytes()).isEqualTo(900 + RecordFrame.OVERHEAD);
        runAll();
        CompletableFuture<Long> next = appender.append(record(900)).toCompletableFuture();
        runAll();
        assertThat(next).isCompletedWithValue(2L);
    }

    @Test
    void manyThreadsAppendAtOnce(@TempDir Path directory) throws Exception {
        int threads = 16;
        int each = 500;
        ExecutorService disk = Executors.newSingleThreadExecutor();
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        long[][] numbers = new long[threads][each];
        try (LogDirectory locked = LogDirectory.open(directory, java.util.Set.of())) {
            LogAppender appender = new LogAppender(
                    DurableLog.open(locked.storage(), claimant(1), LogSettings.DEFAULT, (sequence, record) -> {}),
                    disk,
                    watcher);
            CountDownLatch done = new CountDownLatch(threads * each);
            for (long[] own : numbers) {
                callers.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        int place = i;
                        // who is told may be the caller or the disk, so that only its place says what came first
                        appender.append(record(i)).thenAccept(number -> {
                            own[place] = number;
                            done.countDown();
                        });
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            appender.close().toCompletableFuture().join();

            for (long[] own : numbers) {
                assertThat(own).isSorted();
            }
            assertThat(Arrays.stream(numbers).flatMapToLong(Arrays::stream).sorted())
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, (long) threads * each)
                            .boxed()
                            .toList());
            assertThat(new LogReader(locked.storage())
                            .read((sequence, record) -> {})
                            .nextSequence())
                    .isEqualTo(1 + (long) threads * each);
            assertThat(watched).isEmpty();
        } finally {
            callers.shutdown();
            disk.shutdown();
        }
    }

    private LogAppender appender(Executor executor) throws IOException {
        LogSettings settings = new LogSettings(1 << 20, 1 << 20, maxPendingBytes);
        return new LogAppender(
                DurableLog.open(storage, claimant(storage.calls()), settings, (sequence, record) -> {}),
                executor,
                watcher);
    }

    private void runAll() {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            next.run();
        }
    }

    private static Claimant claimant(int start) {
        return new Claimant("job", new UUID(1, start), Instant.EPOCH);
    }

    private static LogRecord record(int size) {
        return new LogRecord(1, 1, new byte[size]);
    }
}
