// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.receiver.Receiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class ScriptedInputContractTest extends ReceiverContract<Integer> {

    @Override
    protected Subject<Integer> start() {
        ScriptedInput<Integer> input = new ScriptedInput<>("scripted");
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<Integer> receiver() {
                return input;
            }

            @Override
            public List<Integer> bring(int count) {
                List<Integer> brought = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    brought.add(next++);
                }
                input.addAll(brought);
                return brought;
            }

            @Override
            public void breakOff() {
                input.fail(new IOException("broken off"));
            }

            @Override
            public void awaitReleased() {
                while (input.isOpen()) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public void close() {}
        };
    }
}
