// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.actor;

import akka.actor.typed.ActorRef;
import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class ActorReceiverContractTest extends ReceiverContract<Integer> {

    @Override
    protected Subject<Integer> start() {
        ActorReceiver<Integer> receiver = ActorReceiver.named("told");
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<Integer> receiver() {
                return receiver;
            }

            @Override
            public List<Integer> bring(int count) throws Exception {
                ActorRef<ActorReceiver.Message<Integer>> ref =
                        receiver.ref().toCompletableFuture().get(10, TimeUnit.SECONDS);
                List<Integer> numbers =
                        IntStream.range(next, next + count).boxed().toList();
                next += count;
                numbers.forEach(number -> ref.tell(new ActorReceiver.Tell<>(number)));
                return numbers;
            }

            @Override
            public void breakOff() {
                // an actor does not break
            }

            @Override
            public void awaitReleased() {
                while (receiver.ref().toCompletableFuture().isDone()) {
                    Thread.onSpinWait();
                }
            }

            @Override
            public void close() {}
        };
    }
}
