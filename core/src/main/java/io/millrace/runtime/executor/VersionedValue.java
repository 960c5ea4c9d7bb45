// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.listener.VersionInfo;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Version;
import io.millrace.operator.Versioned;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A versioned value of one job. It holds the version of the batch that began last, and the one that was set last, and no other.
 * Guarded by all values of the job, so that what one thread sets takes effect in order.
 */
final class VersionedValue<T> implements Versioned<T> {

    private final VersionedValues all;
    private final String name;
    private final int index;
    private Version<T> begun;
    private Version<T> latest;
    private @Nullable CompletableFuture<BatchTime> first;

    VersionedValue(VersionedValues all, String name, int index, Version<T> initial) {
        this.all = all;
        this.name = name;
        this.index = index;
        this.begun = initial;
        this.latest = initial;
    }

    @Override
    public String name() {
        return name;
    }

    /** Where its number stands among those of all values. */
    int index() {
        return index;
    }

    @Override
    public Version<T> latest() {
        synchronized (all) {
            return latest;
        }
    }

    @Override
    public CompletionStage<BatchTime> set(T value, String label) {
        Objects.requireNonNull(value, "the value");
        Objects.requireNonNull(label, "the label");
        CompletableFuture<BatchTime> mine = new CompletableFuture<>();
        CompletableFuture<BatchTime> other;
        String why;
        synchronized (all) {
            if (all.isOver()) {
                other = mine;
                why = "the value " + name + " is set to " + label + " after the job has ended";
            } else {
                other = first;
                why = "the value " + name + " was set to " + label + " before a batch began with " + latest.label();
                latest = new Version<>(latest.number() + 1, label, value);
                first = mine;
            }
        }
        if (other != null) {
            other.completeExceptionally(new IllegalStateException(why));
        }
        return mine.minimalCompletionStage();
    }

    /** A batch begins, and with it the version that was set last; answers who waits to hear of that. */
    @Nullable
    CompletableFuture<BatchTime> begin() {
        synchronized (all) {
            CompletableFuture<BatchTime> waiting = first;
            begun = latest;
            first = null;
            return waiting;
        }
    }

    /** The version of the batch that began last. */
    VersionInfo info() {
        synchronized (all) {
            return new VersionInfo(name, begun.number(), begun.label());
        }
    }

    /** The version that an order names. */
    Version<T> at(long number) {
        synchronized (all) {
            if (begun.number() != number) {
                throw new IllegalStateException("The version " + number + " of the value " + name
                        + " is asked for, but the batch under way has version " + begun.number());
            }
            return begun;
        }
    }

    /** The job has ended; answers who waits for a batch in vain. */
    @Nullable
    CompletableFuture<BatchTime> end() {
        synchronized (all) {
            CompletableFuture<BatchTime> waiting = first;
            first = null;
            return waiting;
        }
    }
}
