// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.sink.SinkBatch;

/** What a shell shows. Batches come on the thread of the query, everything else on that of the shell. */
interface ShellScreen {

    /** Something was asked for. */
    void say(String text);

    /** Something is wrong. */
    void error(String text);

    /** A batch of the query that runs. */
    void show(SinkBatch batch);

    /** No query runs any more; what it gave last stays. */
    void ended();
}
