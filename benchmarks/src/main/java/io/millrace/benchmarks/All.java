// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Every bar the project has set itself, one program after the other, and one table of them all in the end. */
@Command(
        name = "All",
        mixinStandardHelpOptions = true,
        description = "Measures everything: in a quarter of an hour, or with --full as long as the bars ask for.")
public final class All implements BarProgram {

    /** A program with its command line: in brief, and as the bars ask for. */
    private record Entry(String name, Supplier<BarProgram> program, String brief, String full) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "WorkW",
                    WorkW::new,
                    "--vocabulary 100000 --warmup 8 --seconds 6",
                    "--vocabulary 100000 --rounds 3"),
            new Entry(
                    "WorkW",
                    WorkW::new,
                    "--vocabulary 1000 --contenders bytes,millrace --warmup 8 --seconds 6",
                    "--vocabulary 1000 --contenders bytes,millrace --rounds 3"),
            new Entry(
                    "WorkW",
                    WorkW::new,
                    "--vocabulary 1000000 --contenders bytes,millrace --warmup 8 --seconds 6",
                    "--vocabulary 1000000 --contenders bytes,millrace --rounds 3"),
            new Entry(
                    "WorkW",
                    WorkW::new,
                    "--contenders millrace:--variant=countByValue,millrace:--variant=mapWithState --warmup 10 --seconds 6",
                    "--contenders millrace:--variant=countByValue,millrace:--variant=mapWithState --rounds 3"),
            new Entry("JoinSpeed", JoinSpeed::new, "--warmup 6 --batches 4", "--warmup 15 --batches 15"),
            new Entry("SlidingWindow", SlidingWindow::new, "--batches 20", "--batches 60"),
            new Entry(
                    "BatchOverhead",
                    BatchOverhead::new,
                    "--warmup 2000 --batches 1000",
                    "--warmup 6000 --batches 4000"),
            new Entry("UpdateState", UpdateState::new, "--warmup 8 --seconds 6", "--warmup 15 --seconds 15"),
            new Entry("FirstBatch", FirstBatch::new, "--runs 5", "--runs 15"),
            new Entry(
                    "FixedRate",
                    FixedRate::new,
                    "--interval-ms 10 --warmup 20 --seconds 15",
                    "--interval-ms 10 --warmup 60 --seconds 60 --jvm -Xms512m"),
            new Entry(
                    "FixedRate",
                    FixedRate::new,
                    "--interval-ms 5 --warmup 20 --seconds 15",
                    "--interval-ms 5 --warmup 60 --seconds 60 --jvm -Xms512m"),
            new Entry(
                    "AckLatency", AckLatency::new, "--modes memory --warmup 5 --seconds 8", "--warmup 10 --seconds 30"),
            new Entry("ForestScoring", ForestScoring::new, "--rounds 60", "--rounds 200"),
            new Entry("ModelLoads", ModelLoads::new, "--runs 5", "--runs 15"),
            new Entry("RegressionScoring", RegressionScoring::new, "--rounds 10", "--rounds 30"),
            new Entry("JdbcUpserts", JdbcUpserts::new, "--warmup 3 --batches 5", "--warmup 5 --batches 15"),
            new Entry("Idle", Idle::new, "--warmup 10 --seconds 10", "--warmup 10 --seconds 30"),
            new Entry(
                    "ScoringStream",
                    ScoringStream::new,
                    "--warmup 8 --seconds 6",
                    "--warmup 15 --seconds 15 --rounds 3"),
            new Entry("TransformSpeed", TransformSpeed::new, "--warmup 4 --passes 5", "--warmup 8 --passes 15"),
            new Entry("SlowSink", SlowSink::new, "--warmup 6 --seconds 20", "--warmup 10 --seconds 60"),
            new Entry("ExecutorKill", ExecutorKill::new, "--warmup 6 --seconds 12", "--warmup 10 --seconds 40"));

    @Option(names = "--full", description = "as long as the bars ask for: about half an hour")
    private boolean full;

    @Option(names = "--only", split = ",", description = "only these programs, such as WorkW,Idle (default: all)")
    private List<String> only = List.of();

    private All() {}

    /** Measures everything and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new All()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        for (Entry entry : ENTRIES) {
            if (only.isEmpty() || only.contains(entry.name())) {
                String commandLine = full ? entry.full() : entry.brief();
                System.out.println("\n## benchmarks/run " + entry.name() + " " + commandLine + "\n");
                bars.addAll(run(entry, commandLine));
            }
        }
        return bars;
    }

    /** The bars of one program; if it breaks off, that is a bar missed and the others go on. */
    private static List<Bar> run(Entry entry, String commandLine) throws IOException, InterruptedException {
        BarProgram program = CommandLine.populateCommand(entry.program().get(), commandLine.split(" ", -1));
        try {
            return program.measure();
        } catch (IllegalStateException e) {
            System.out.println("broken off: " + e.getMessage());
            return List.of(Bar.holds(entry.name() + " " + commandLine + " ran to its end", false));
        }
    }
}
