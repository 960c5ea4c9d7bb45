// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.receiver.Receiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class ScriptedTextContractTest extends ReceiverContract<String> {

    @Override
    protected Subject<String> start() {
        ScriptedText input = new ScriptedText("scripted");
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<String> receiver() {
                return input;
            }

            @Override
            public List<String> bring(int count) {
                List<String> brought = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    brought.add("line " + next++);
                }
                input.addText(String.join("\r\n", brought) + "\n");
                return brought;
            }

            @Override
            public void breakOff() {
                input.addText("unfinished").fail(new IOException("broken off"));
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
