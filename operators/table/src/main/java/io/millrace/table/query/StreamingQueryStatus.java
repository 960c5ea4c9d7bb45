// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

/**
 * What a query is doing.
 *
 * @param message in words
 * @param isDataAvailable whether the last look at the sources found rows
 * @param isTriggerActive whether a batch is being worked on
 */
public record StreamingQueryStatus(String message, boolean isDataAvailable, boolean isTriggerActive) {}
