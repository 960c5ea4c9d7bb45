// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.util.List;

/** Writes what a query gives to a sink that may be told a batch twice. */
class SinkOutput implements OutputOperator<Object> {

    final QueryRun run;

    SinkOutput(QueryRun run) {
        this.run = run;
    }

    @Override
    public final String kind() {
        return "sink";
    }

    @Override
    public void write(BatchTime time, List<Object> records) throws Exception {
        run.write(time, records, batch -> {
            run.spec().sink().write(batch);
            return true;
        });
    }

    @Override
    public final void close() {
        run.spec().sink().close();
    }
}
