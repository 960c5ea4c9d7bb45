// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Step;

/** A step that may hold records back for a moment. */
interface FlushableStep extends Step<Object> {

    /** A batch begins; what was held back is forgotten. */
    void begin();

    /** Works on what is held back, before the task leaves the block it is at. */
    void flush() throws Exception;
}
