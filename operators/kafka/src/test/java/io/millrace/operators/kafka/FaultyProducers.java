// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;

/** Makes real producers, of whose calls one fails as a test says: before it reaches the broker, or after it had its effect. */
final class FaultyProducers implements Function<String, Producer<byte[], byte[]>> {

    private record Fault(boolean after, RuntimeException failure) {}

    private final SinkClients clients;
    private final Map<String, Fault> next = new ConcurrentHashMap<>();
    private final AtomicInteger made = new AtomicInteger();

    FaultyProducers(Map<String, ?> properties) {
        this.clients = new SinkClients(properties);
    }

    /** The next call of this method has its effect, and then fails: a reply was lost. */
    void failAfter(String method, RuntimeException failure) {
        next.put(method, new Fault(true, failure));
    }

    /** The next call of this method fails and has no effect. */
    void failBefore(String method, RuntimeException failure) {
        next.put(method, new Fault(false, failure));
    }

    /** How many producers there were. */
    int made() {
        return made.get();
    }

    @Override
    @SuppressWarnings("unchecked")
    public Producer<byte[], byte[]> apply(String transactionalId) {
        made.incrementAndGet();
        Producer<byte[], byte[]> real = clients.producer(transactionalId);
        return (Producer<byte[], byte[]>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    Fault fault = next.remove(method.getName());
                    if (fault != null && !fault.after) {
                        throw fault.failure;
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (fault != null) {
                            throw fault.failure;
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
