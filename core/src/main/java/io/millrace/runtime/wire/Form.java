// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import org.jspecify.annotations.Nullable;

/** How one place in a message or value becomes bytes, at least one of them; unlike a {@link Codec}, it may hold null. */
interface Form {

    void write(@Nullable Object value, WireOutput out);

    @Nullable
    Object read(WireInput in);
}
