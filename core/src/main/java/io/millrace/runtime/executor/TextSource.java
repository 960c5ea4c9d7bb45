// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.block.TextBlock;

/** Turns a block of text into lines. */
interface TextSource {

    /** Pushes every line of the block. */
    void run(TextBlock block) throws Exception;
}
