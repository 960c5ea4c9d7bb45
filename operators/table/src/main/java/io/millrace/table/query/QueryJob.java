// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContext;
import io.millrace.table.source.Reading;

/** Makes the job of a query and starts it. */
final class QueryJob {

    /** Under this name the job's log knows how far the sink is. */
    private static final String JOB = "job";

    private QueryJob() {}

    static void start(QueryRun run, JobHost host) {
        QuerySpec spec = run.spec();
        StreamingContext context = host.context("query-" + spec.id(), spec.interval(), builder -> {
            spec.options().accept(builder);
            spec.checkpoint().ifPresent(directory -> builder.checkpoint(directory.resolve(JOB)));
            // a batch with an error ends the query and leaves no trace, so that it runs again when the query is started
            // again
            builder.set("stop-on-failed-batch", true).listener(run);
        });
        JobGraph.Defined defined = spec.graph().define(context, reading(spec.trigger()));
        run.runsIn(context, defined);
        defined.output().output(SinkOutput.of(new SinkOutput.Target(run, "sink", spec.sink(), run::write, false)));
        for (int i = 0; i < spec.late().size(); i++) {
            QuerySpec.Late late = spec.late().get(i);
            SinkOutput.Batches batches = (time, records, sink) -> run.writeLate(late.table(), time, records, sink);
            defined.late()
                    .get(i)
                    .output(SinkOutput.of(
                            new SinkOutput.Target(run, "late-" + late.table().name(), late.sink(), batches, true)));
        }
        host.start(context);
    }

    private static Reading reading(Trigger trigger) {
        if (trigger instanceof Trigger.AvailableNow) {
            return Reading.AVAILABLE_NOW;
        }
        return trigger instanceof Trigger.Once ? Reading.ONCE : Reading.FOR_EVER;
    }
}
