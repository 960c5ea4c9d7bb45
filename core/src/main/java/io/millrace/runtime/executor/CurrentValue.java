// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Current;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A versioned value as the steps of one chain see it. Used by the thread of the chain's task. */
final class CurrentValue<T> implements Current<T> {

    private final VersionedValue<T> source;
    private @Nullable T value;

    CurrentValue(VersionedValue<T> source) {
        this.source = source;
    }

    /** A batch begins with these versions of all values. */
    void begin(List<Long> versions) {
        value = source.at(versions.get(source.index()));
    }

    /** The batch is over: an idle chain holds no version. */
    void end() {
        value = null;
    }

    @Override
    public T value() {
        return Objects.requireNonNull(value, "a versioned value has a version only while a batch is processed");
    }
}
