// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;

/** A source of rows without end. One instance may serve several queries, each in a context of its own. */
public interface StreamSource {

    /** The columns. */
    Schema schema();

    /** Adds the source to a job. */
    DStream<ColumnBatch> open(StreamingContext context);

    /** What stands in plans and in the progress, such as {@code TextSocketV2[host: localhost, port: 9999]}. */
    String description();
}
