// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.kafka;

import io.millrace.receiver.Receiver;
import io.millrace.testkit.ReceiverContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;

/** Begins at the end of the topic at every opening, since the contract knows no offsets. */
class KafkaReceiverContractTest extends ReceiverContract<String> {

    @Override
    protected Subject<String> start() throws Exception {
        TestTopic topic = new TestTopic(1);
        AtomicInteger opened = new AtomicInteger();
        AtomicBoolean polled = new AtomicBoolean();
        AtomicBoolean broken = new AtomicBoolean();
        KafkaReceiver<String> plain = topic.receiver().from(StartingOffsets.latest());
        KafkaReceiver<String> receiver = plain.clients(
                () -> watched(plain.clients().consumer(Optional.empty()), opened, polled, broken),
                () -> plain.clients().admin());
        return new Subject<>() {
            private int next;

            @Override
            public Receiver<String> receiver() {
                return receiver;
            }

            @Override
            public List<String> bring(int count) {
                Waiting.until(polled::get);
                List<String> brought = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    brought.add("record-" + next++);
                }
                topic.say(0, brought);
                return brought;
            }

            @Override
            public void breakOff() {
                broken.set(true);
                Waiting.until(() -> !broken.get());
            }

            @Override
            public void awaitReleased() {
                Waiting.until(() -> opened.get() == 0);
                polled.set(false);
            }

            @Override
            public Duration tick() {
                return Duration.ofMillis(10);
            }

            @Override
            public void close() {
                topic.close();
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> watched(
            Consumer<byte[], byte[]> real, AtomicInteger opened, AtomicBoolean polled, AtomicBoolean broken) {
        opened.incrementAndGet();
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                KafkaReceiverContractTest.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("poll") && broken.get()) {
                        polled.set(false);
                        broken.set(false);
                        throw new KafkaException("broken off");
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (method.getName().equals("poll")) {
                            polled.set(true);
                        }
                        if (method.getName().equals("close")) {
                            opened.decrementAndGet();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
