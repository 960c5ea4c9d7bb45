// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * The records of one batch.
 *
 * @param time the end of the batch
 * @param records all records, unmodifiable
 * @param <T> the records
 */
public record Batch<T>(BatchTime time, List<T> records) {}
