// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of an operator, or for an output, in one batch.
 *
 * @param operator the name of the operator or output
 * @param records its records, in order
 */
public record Emitted(String operator, List<@Nullable Object> records) {

    /** Copies the records. */
    public Emitted {
        records = Collections.unmodifiableList(new ArrayList<>(records));
    }
}
