// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.BlockReport;
import io.millrace.listener.StopReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A listener that remembers what it heard. Used by whoever runs the simulation. */
public final class RecordedEvents implements StreamingListener {

    private final List<String> lines = new ArrayList<>();
    private final List<BatchInfo> batches = new ArrayList<>();
    private final List<BlockReport> blocks = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int underReplicated;
    private Optional<StopReport> report = Optional.empty();

    /** One that heard nothing yet. */
    public RecordedEvents() {}

    /** Everything that happened, a line each, such as {@code executor-1 lost}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The batches that were completed, in order. */
    public List<BatchInfo> batches() {
        return List.copyOf(batches);
    }

    /** The blocks that counted as received, in order. */
    public List<BlockReport> blocks() {
        return List.copyOf(blocks);
    }

    /** How outputs failed, in order. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many blocks are held too few times, as last heard. */
    public int underReplicated() {
        return underReplicated;
    }

    /** How the job ended, if it has. */
    public Optional<StopReport> report() {
        return report;
    }

    @Override
    public void onStarted(BatchTime zero) {
        lines.add("started at " + zero);
    }

    @Override
    public void onReceiverStarted(int stream, String name, String executor) {
        lines.add("receiver " + stream + " started on " + executor);
    }

    @Override
    public void onReceiverError(int stream, String message, boolean reopening) {
        lines.add("receiver " + stream + " failed: " + message + (reopening ? "; opened again" : ""));
    }

    @Override
    public void onReceiverStopped(int stream, String reason) {
        lines.add("receiver " + stream + " stopped: " + reason);
    }

    @Override
    public void onBlockReceived(BlockReport block) {
        blocks.add(block);
        lines.add("block " + block.block() + " received, held by " + block.holders());
    }

    @Override
    public void onUnderReplicated(int newUnderReplicated) {
        underReplicated = newUnderReplicated;
        lines.add("under-replicated: " + newUnderReplicated);
    }

    @Override
    public void onExecutorAdded(String executor) {
        lines.add(executor + " added");
    }

    @Override
    public void onExecutorLost(String executor) {
        lines.add(executor + " lost");
    }

    @Override
    public void onBatchInterval(BatchTime last, Duration interval) {
        lines.add("batch interval " + interval + " after " + last);
    }

    @Override
    public void onBatchStarted(BatchTime batch, List<String> batchBlocks, List<String> executors) {
        lines.add("batch " + batch + " started with " + batchBlocks + " on " + executors);
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        batches.add(batch);
        lines.add("batch " + batch.batchTime() + " completed: " + batch.records() + " records");
    }

    @Override
    public void onOutputFailed(BatchTime batch, String output, String failure) {
        failures.add(failure);
        lines.add("batch " + batch + " output " + output + " failed: " + failure);
    }

    @Override
    public void onStopped(StopReport newReport) {
        report = Optional.of(newReport);
        lines.add(newReport.describe());
    }
}
