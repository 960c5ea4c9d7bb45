// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.util.List;

/** A finished table. */
public interface FiniteSource {

    /** The columns. */
    Schema schema();

    /** All rows; read anew at each call. */
    List<ColumnBatch> read() throws IOException;

    /** What stands in plans. */
    String description();
}
