// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.stream;

import akka.stream.BoundedSourceQueue;
import akka.stream.javadsl.Source;
import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

class StreamReceiverContractTest extends ReceiverContract<Integer> {

    @Override
    protected Subject<Integer> start() {
        BlockingQueue<BoundedSourceQueue<Integer>> opened = new LinkedBlockingQueue<>();
        StreamReceiver<Integer> receiver =
                StreamReceiver.of("queue", () -> Source.<Integer>queue(1000).mapMaterializedValue(opened::add));
        return new Subject<>() {
            private @Nullable BoundedSourceQueue<Integer> queue;
            private int next;

            @Override
            public Receiver<Integer> receiver() {
                return receiver;
            }

            @Override
            public List<Integer> bring(int count) throws InterruptedException {
                if (queue == null) {
                    queue = opened.take();
                }
                List<Integer> brought = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    queue.offer(next);
                    brought.add(next++);
                }
                return brought;
            }

            @Override
            public void breakOff() {
                if (queue != null) {
                    queue.fail(new IOException("broken off"));
                    queue = null;
                }
            }

            @Override
            public void awaitReleased() {
                while (queue != null && queue.offer(-1).isEnqueued()) {
                    Thread.onSpinWait();
                }
                queue = null;
            }

            @Override
            public void close() {}
        };
    }
}
