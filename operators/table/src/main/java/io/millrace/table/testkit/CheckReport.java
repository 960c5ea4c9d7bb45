// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import java.util.Optional;

/**
 * Whether a query gave the same over recorded rows as one batch and as many.
 *
 * @param rows how many rows the one batch gave
 * @param batches how many batches the stream was
 * @param difference the first row that differs; empty if none does
 */
public record CheckReport(long rows, int batches, Optional<String> difference) {

    /** Whether it did. */
    public boolean isEqual() {
        return difference.isEmpty();
    }
}
