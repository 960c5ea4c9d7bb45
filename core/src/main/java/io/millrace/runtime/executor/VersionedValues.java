// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.listener.VersionInfo;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Version;
import io.millrace.operator.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The versioned values of one job, in this JVM; orders for batches name the versions by number. Thread-safe. */
public final class VersionedValues {

    private final List<VersionedValue<?>> values = new ArrayList<>();
    private boolean over;

    /**
     * Adds a value.
     *
     * @throws IllegalArgumentException if the name is blank or another value has it
     */
    public synchronized <T> Versioned<T> add(String name, T initial, String label) {
        Objects.requireNonNull(initial, "the value");
        Objects.requireNonNull(label, "the label");
        if (name.isBlank()) {
            throw new IllegalArgumentException("The name of a versioned value must not be blank");
        }
        if (values.stream().anyMatch(value -> value.name().equals(name))) {
            throw new IllegalArgumentException(
                    "The name " + name + " is taken by another versioned value; batches are described by it");
        }
        VersionedValue<T> value = new VersionedValue<>(this, name, values.size(), new Version<>(1, label, initial));
        values.add(value);
        return value;
    }

    /**
     * A batch begins: of every value it has the version that was set last.
     *
     * @param tell where those are told who wait for the first batch of a version
     * @return the versions, in the order in which the values were added
     */
    public synchronized List<VersionInfo> begin(BatchTime batch, Executor tell) {
        List<VersionInfo> versions = new ArrayList<>();
        List<CompletableFuture<BatchTime>> waiting = new ArrayList<>();
        for (VersionedValue<?> value : values) {
            CompletableFuture<BatchTime> first = value.begin();
            if (first != null) {
                waiting.add(first);
            }
            versions.add(value.info());
        }
        if (!waiting.isEmpty()) {
            tell.execute(() -> waiting.forEach(first -> first.complete(batch)));
        }
        return versions;
    }

    /** The job has ended: no batch begins with what was set last, if none has. */
    public void end() {
        List<CompletableFuture<BatchTime>> waiting = new ArrayList<>();
        synchronized (this) {
            over = true;
            for (VersionedValue<?> value : values) {
                CompletableFuture<BatchTime> first = value.end();
                if (first != null) {
                    waiting.add(first);
                }
            }
        }
        waiting.forEach(first -> first.completeExceptionally(
                new IllegalStateException("the job ended before a batch began with this version")));
    }

    synchronized boolean isOver() {
        return over;
    }

    /**
     * A value of this job, for a step.
     *
     * @throws IllegalArgumentException if it is none
     */
    synchronized <T> CurrentValue<T> current(Versioned<T> value, String operator) {
        if (value instanceof VersionedValue<T> own && own.index() < values.size() && values.get(own.index()) == own) {
            return new CurrentValue<>(own);
        }
        throw new IllegalArgumentException(
                "The operator " + operator + " uses the value " + value.name() + ", which belongs to another context");
    }
}
