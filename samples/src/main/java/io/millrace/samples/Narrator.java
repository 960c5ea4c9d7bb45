// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.BlockReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintFormat;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Tells the way of the data through a job, under the numbers of its five steps: receive, cut, copy, register, process.
 *
 * <p>Lines without a number are the outputs and what becomes of executors.
 */
final class Narrator implements StreamingListener {

    private static final String NO_STEP = "    ";

    private final PrintStream out;
    private final PrintFormat.Header header;
    private final int replication;
    private boolean underReplicated;
    private BatchTime started = new BatchTime(0);

    Narrator(PrintStream out, PrintFormat.Header header, int replication) {
        this.out = out;
        this.header = header;
        this.replication = replication;
    }

    @Override
    public void onExecutorAdded(String executor) {
        line(NO_STEP, executor + " lives.");
    }

    @Override
    public void onReceiverStarted(int stream, String name, String executor) {
        line("(1) ", "The driver starts the receiver of stream " + stream + ", " + name + ", on " + executor + ".");
    }

    @Override
    public void onReceiverError(int stream, String message, boolean reopening) {
        line(NO_STEP, "The receiver has trouble: " + message + (reopening ? "; it tries again." : "."));
    }

    @Override
    public void onReceiverStopped(int stream, String reason) {
        line(NO_STEP, "The receiver stops: " + reason + ".");
    }

    @Override
    public void onBlockReceived(BlockReport block) {
        line(
                "(2) ",
                block.block() + " is cut: " + block.bytes() + " bytes, the first of which waited "
                        + millis(block.blockWait()) + ".");
        line("(3) ", block.block() + " is copied, which takes " + millis(block.replication()) + ".");
        line(
                "(4) ",
                block.block() + " is registered by the block manager, held by " + names(block.holders())
                        + ": it counts as received.");
    }

    @Override
    public void onBatchStarted(BatchTime batch, List<String> blocks, List<String> executors) {
        started = batch;
        line(
                "(5) ",
                "Batch " + title(batch) + " takes " + (blocks.isEmpty() ? "no blocks" : names(blocks)) + "; "
                        + names(executors) + (executors.size() == 1 ? " works" : " work") + " on it.");
    }

    /** What the job has counted after a batch. */
    void counts(BatchTime batch, List<Pair<String, Integer>> counts) {
        line(NO_STEP, "Written: " + counts.stream().map(Pair::toString).sorted().collect(Collectors.joining(" ")));
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        if (!batch.batchTime().equals(started)) {
            line("(5) ", "Batch " + title(batch.batchTime()) + " takes no blocks; no executor has to work on it.");
        }
        line(
                NO_STEP,
                "Done with " + batch.records() + (batch.records() == 1 ? " line" : " lines") + ", "
                        + millis(batch.totalDelay()) + " after it was due"
                        + (batch.attempts() > 1 ? ", in attempt " + batch.attempts() : "") + ".");
    }

    /** Says that an executor is to be killed. */
    void kill(String executor, String block) {
        line("!   ", executor + ", which runs the receiver, is killed now. " + block + " is not processed yet.");
    }

    @Override
    public void onExecutorLost(String executor) {
        line("!   ", executor + " is dead.");
    }

    @Override
    public void onUnderReplicated(int blocks) {
        if (blocks > 0 || underReplicated) {
            line(
                    "!   ",
                    blocks == 0
                            ? "Every block has its " + replication + " holders again."
                            : blocks + (blocks == 1 ? " block has" : " blocks have") + " fewer than " + replication
                                    + " holders.");
        }
        underReplicated = blocks > 0;
    }

    private String title(BatchTime batch) {
        return switch (header) {
            case MILLIS -> batch.toString();
            case DATE ->
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
                        .withZone(ZoneId.systemDefault())
                        .format(batch.instant());
        };
    }

    private static String names(List<String> names) {
        return String.join(" and ", names);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
    }

    private void line(String step, String text) {
        out.println(step + text);
        out.flush();
    }
}
