// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import java.util.function.BooleanSupplier;

/**
 * A source in a job.
 *
 * @param rows its rows
 * @param drained whether it has nothing now that it has not given; asked by any thread
 */
public record OpenSource(DStream<ColumnBatch> rows, BooleanSupplier drained) {}
