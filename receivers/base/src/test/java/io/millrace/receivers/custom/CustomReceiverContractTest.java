// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class CustomReceiverContractTest extends ReceiverContract<Integer> {

    @Override
    protected Subject<Integer> start() {
        Recorded receiver = new Recorded();
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<Integer> receiver() {
                return receiver;
            }

            @Override
            public List<Integer> bring(int count) {
                ReceiverHandle<Integer> handle = receiver.handle();
                List<Integer> brought = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    handle.store(next);
                    brought.add(next++);
                }
                return brought;
            }

            @Override
            public void breakOff() {
                ReceiverHandle<Integer> handle = receiver.handle();
                handle.restart("broken off", new IOException("reset"), Duration.ofSeconds(1));
                while (handle.isStarted()) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public void awaitReleased() {
                while (receiver.running() != null) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public Duration tick() {
                return Duration.ofSeconds(1);
            }

            @Override
            public void close() {}
        };
    }
}
