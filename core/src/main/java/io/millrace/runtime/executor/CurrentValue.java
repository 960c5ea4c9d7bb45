// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Current;
import io.millrace.operator.Version;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A versioned value as the steps of one chain see it. Used by the thread of the chain's task. */
final class CurrentValue<T> implements Current<T> {

    private static final String NO_BATCH = "a versioned value has a version only while a batch is processed";

    private final VersionedValue<T> source;
    private @Nullable Version<T> version;
    private @Nullable T value;

    CurrentValue(VersionedValue<T> source) {
        this.source = source;
    }

    /** A batch begins with these versions of all values. */
    void begin(List<Long> versions) {
        Version<T> begun = source.at(versions.get(source.index()));
        version = begun;
        value = begun.value();
    }

    /** The batch is over: an idle chain holds no version. */
    void end() {
        version = null;
        value = null;
    }

    @Override
    public T value() {
        return Objects.requireNonNull(value, NO_BATCH);
    }

    @Override
    public Version<T> version() {
        return Objects.requireNonNull(version, NO_BATCH);
    }
}
