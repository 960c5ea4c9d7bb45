// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.rate;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.util.List;
import java.util.stream.LongStream;

class RateReceiverContractTest extends ReceiverContract<Long> {

    @Override
    protected Subject<Long> start() {
        RateReceiver<Long> receiver = RateReceiver.perSecond(1);
        return new Subject<>() {
            private long next;

            @Override
            public Receiver<Long> receiver() {
                return receiver;
            }

            @Override
            public List<Long> bring(int count) {
                List<Long> due = LongStream.range(next, next + count).boxed().toList();
                next += count;
                return due;
            }

            @Override
            public void breakOff() {
                // time does not break
            }

            @Override
            public void awaitReleased() {
                // it holds nothing
            }

            @Override
            public void close() {}
        };
    }
}
