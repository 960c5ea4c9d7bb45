// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.execution.MetricsCode;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.execution.WatermarkPolicy;
import io.millrace.table.source.OpenSource;
import io.millrace.table.source.Reading;
import java.util.List;
import java.util.Map;

/** Defines a query on the job that is to run it. */
public interface JobGraph {

    /**
     * A query on a job.
     *
     * @param output what it gives
     * @param late its late rows, a stream for each table of them
     * @param sources what it reads, in the order of the frame's figures
     * @param descriptions of the sources
     * @param operators the names of the operators with state, from the sink towards the sources
     * @param watermarks the watermarks of the query
     * @param policy which of them holds
     * @param metrics what is observed, by name
     */
    record Defined(
            DStream<QueryOutput> output,
            List<DStream<QueryOutput>> late,
            List<OpenSource> sources,
            List<String> descriptions,
            List<String> operators,
            List<WatermarkInputs> watermarks,
            WatermarkPolicy policy,
            Map<String, MetricsCode> metrics) {}

    /** Adds the query to a job. */
    Defined define(StreamingContext context, Reading reading);
}
