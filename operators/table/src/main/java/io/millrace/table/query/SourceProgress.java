// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

/**
 * What a source of a query brought in a batch.
 *
 * @param description the source
 * @param numInputRows how many rows
 * @param inputRowsPerSecond how many came per second since the last batch; NaN for the first
 * @param processedRowsPerSecond how many were processed per second of work
 */
public record SourceProgress(
        String description, long numInputRows, double inputRowsPerSecond, double processedRowsPerSecond) {}
