// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

/**
 * What a stateful operator of a query did in a batch.
 *
 * @param operatorName the name under which its state is kept
 * @param numRowsTotal how many entries its state has after the batch
 * @param numRowsUpdated how many were made or changed
 * @param numRowsRemoved how many were removed
 * @param numRowsDroppedByWatermark how many rows were too late for it
 */
public record StateOperatorProgress(
        String operatorName,
        long numRowsTotal,
        long numRowsUpdated,
        long numRowsRemoved,
        long numRowsDroppedByWatermark) {}
