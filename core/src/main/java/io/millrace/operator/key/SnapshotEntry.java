// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import org.jspecify.annotations.Nullable;

/**
 * A key and its state among the mapped values of a {@link MapWithStateOperator}. One object for all keys: {@link StateSnapshots} takes
 * out of it what it needs before it gets the next.
 */
final class SnapshotEntry {

    private @Nullable Object key;
    private @Nullable Object state;

    void set(@Nullable Object newKey, @Nullable Object newState) {
        key = newKey;
        state = newState;
    }

    @Nullable
    Object key() {
        return key;
    }

    @Nullable
    Object state() {
        return state;
    }
}
