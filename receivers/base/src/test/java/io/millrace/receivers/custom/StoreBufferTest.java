// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.receiver.Delivery;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreBufferTest {

    private final AtomicInteger told = new AtomicInteger();
    private final StoreBuffer<Integer> buffer = new StoreBuffer<>(2, told::incrementAndGet);
    private final ReceiverHandle<Integer> handle = handle(buffer);

    private static ReceiverHandle<Integer> handle(StoreBuffer<Integer> buffer) {
        ReceiverContext none = (ReceiverContext) Proxy.newProxyInstance(
                ReceiverContext.class.getClassLoader(),
                new Class<?>[] {ReceiverContext.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return new ReceiverHandle<>(buffer, none, new ReceiverHandle.Control<>() {
            @Override
            public void restart(ReceiverHandle<Integer> restarted, java.time.Duration delay) {}

            @Override
            public void stop(ReceiverHandle<Integer> stopped) {}
        });
    }

    private Thread storing(int record, CompletableFuture<Void> done) {
        Thread thread = new Thread(() -> {
            try {
                handle.store(record);
                done.complete(null);
            } catch (IllegalStateException e) {
                done.completeExceptionally(e);
            }
        });
        thread.start();
        return thread;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void waitsWhileItIsFull() throws Exception {
        handle.store(1);
        handle.store(2);
        CompletableFuture<Void> third = new CompletableFuture<>();
        awaitWaiting(storing(3, third));
        assertThat(third).isNotDone();

        assertThat(buffer.poll()).isEqualTo(new Delivery.Single<>(1));
        third.get();

        assertThat(buffer.poll()).isEqualTo(new Delivery.Single<>(2));
        assertThat(buffer.poll()).isEqualTo(new Delivery.Single<>(3));
    }

    @Test
    void goesOnWithAnExceptionWhenTheHandleEndsOrItIsClosedOrTheThreadIsInterrupted() {
        handle.store(1);
        buffer.put(new Delivery.Whole<>(List.of(2, 3), Receipt.NONE), handle);
        CompletableFuture<Void> interrupted = new CompletableFuture<>();
        Thread thread = storing(4, interrupted);
        awaitWaiting(thread);
        thread.interrupt();
        assertThat(interrupted.handle((done, failure) -> failure.getMessage()).join())
                .isEqualTo("interrupted while the buffer of 2 records was full");

        CompletableFuture<Void> ended = new CompletableFuture<>();
        awaitWaiting(storing(5, ended));
        handle.end();
        assertThat(ended.handle((done, failure) -> failure.getMessage()).join()).isEqualTo("the receiver is stopped");
        assertThat(buffer.close()).hasSize(2);
    }

    @Test
    void tellsOnlyThatSomethingCameAfterNothingWasFound() {
        handle.store(1);
        assertThat(told).hasValue(0);
        assertThat(buffer.poll()).isNotNull();
        assertThat(buffer.poll()).isNull();
        handle.store(2);
        handle.store(3);
        assertThat(told).hasValue(1);
    }
}
