// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContextBuilder;
import io.millrace.table.execution.LateRows;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.TableSink;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that is said of a query before it starts.
 *
 * @param id the same when it starts again from its checkpoint
 * @param name for people; null for none
 * @param graph what it does
 * @param schema the columns of the result
 * @param mode which rows a batch brings
 * @param trigger when it runs a batch
 * @param sink where the rows go
 * @param late where late rows go, in the order of {@link JobGraph.Defined#late}; empty if they are only counted
 * @param checkpoint the directory in which the job is durable
 * @param interval how often the job looks for rows
 * @param idle how long without a batch until listeners are told
 * @param recent how many progress reports are kept
 * @param explain the plans as text; true for all of them, false for what runs
 * @param options further options of the job
 */
record QuerySpec(
        UUID id,
        @Nullable String name,
        JobGraph graph,
        Schema schema,
        OutputMode mode,
        Trigger trigger,
        TableSink sink,
        List<Late> late,
        Optional<Path> checkpoint,
        Duration interval,
        Duration idle,
        int recent,
        Function<Boolean, String> explain,
        Consumer<StreamingContextBuilder> options) {

    /**
     * Where late rows go.
     *
     * @param table which
     */
    record Late(LateRows table, TableSink sink) {}

    /** The name, or the id. */
    String label() {
        return name == null ? id.toString() : "'" + name + "' (" + id + ")";
    }
}
