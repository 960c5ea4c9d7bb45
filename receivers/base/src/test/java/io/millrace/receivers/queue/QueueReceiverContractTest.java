// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.queue;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.util.List;
import java.util.stream.IntStream;

class QueueReceiverContractTest extends ReceiverContract<Integer> {

    @Override
    protected Subject<Integer> start() {
        QueueReceiver<Integer> receiver = QueueReceiver.create();
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<Integer> receiver() {
                return receiver;
            }

            @Override
            public List<Integer> bring(int count) {
                List<Integer> element =
                        IntStream.range(next, next + count).boxed().toList();
                next += count;
                receiver.add(element);
                return element;
            }

            @Override
            public void breakOff() {
                // a queue does not break
            }

            @Override
            public void awaitReleased() {
                // it holds nothing but the queue
            }

            @Override
            public void close() {}
        };
    }
}
