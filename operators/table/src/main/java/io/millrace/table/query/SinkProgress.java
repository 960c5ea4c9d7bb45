// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

/**
 * What the sink of a query got in a batch.
 *
 * @param description the sink
 * @param numOutputRows how many rows
 */
public record SinkProgress(String description, long numOutputRows) {}
