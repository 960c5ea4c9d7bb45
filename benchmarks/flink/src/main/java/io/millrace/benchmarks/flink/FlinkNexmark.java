// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.Measurement;
import io.millrace.benchmarks.NexmarkOptions;
import io.millrace.benchmarks.Subject;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * One question of Nexmark as a stream on Flink's SQL, in a cluster of its own within this process, state on the heap, into the sink that
 * forgets. Objects are used again and the steps of a table work on small batches, as in Flink's own set-up of Nexmark.
 */
@Command(
        name = "FlinkNexmark",
        mixinStandardHelpOptions = true,
        description = "Answers one question of Nexmark on Flink and measures how many events it takes.")
public final class FlinkNexmark implements Callable<Integer>, Subject {

    @Mixin
    private NexmarkOptions options = new NexmarkOptions();

    @Option(names = "--parallelism", description = "tasks of every step (${DEFAULT-VALUE})")
    private int parallelism = 2;

    @Option(names = "--explain", description = "print the plan")
    private boolean explain;

    private FlinkNexmark() {}

    /** Runs the query and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FlinkNexmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        StreamExecutionEnvironment streams =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        StreamTableEnvironment tables = StreamTableEnvironment.create(streams);
        tables.getConfig()
                .set("table.local-time-zone", "UTC")
                .set("table.exec.mini-batch.enabled", "true")
                .set("table.exec.mini-batch.allow-latency", "2 s")
                .set("table.exec.mini-batch.size", "50000");
        FlinkViews.create(streams, tables, options);
        Table answer = tables.sqlQuery(options.sql(FlinkNexmark.class));
        if (explain) {
            System.err.println(answer.explain());
        }
        Measurement measurement = Measurement.start("flink", options.window(), this);
        answer.insertInto(TableDescriptor.forConnector("blackhole").build()).execute();
        measurement.awaitMeasured();
        return 0;
    }

    @Override
    public long words() {
        return FlinkEvents.gone();
    }
}
