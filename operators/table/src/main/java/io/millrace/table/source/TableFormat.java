// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;

/**
 * A kind of source or sink that is found by its name, as {@code format("socket")}. Modules and programs add theirs by naming them in
 * {@code META-INF/services/io.millrace.table.source.TableFormat}; a session may be given more. Holds nothing that changes; thread-safe.
 */
public interface TableFormat {

    /** Its name, in lower case. */
    String name();

    /**
     * A stream.
     *
     * @throws AnalysisException if there is no such stream, or an option is wrong
     */
    default StreamSource stream(ReadRequest request) {
        throw new AnalysisException(
                "STREAMING_READ_UNSUPPORTED", "Data source " + name() + " does not support streamed reading");
    }

    /** A finished table. */
    default FiniteSource table(ReadRequest request) {
        throw new AnalysisException("READ_UNSUPPORTED", "Data source " + name() + " does not support reading at once");
    }

    /** A sink; belongs to one query. */
    default TableSink sink(WriteRequest request) {
        throw new AnalysisException(
                "STREAMING_WRITE_UNSUPPORTED", "Data source " + name() + " does not support streamed writing");
    }
}
