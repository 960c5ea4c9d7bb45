// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.tool;

import io.millrace.runtime.durable.CheckpointView;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.log.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells what is in a checkpoint, to people and to programs. */
final class CheckpointText {

    private CheckpointText() {}

    /** As lines. */
    static List<String> lines(CheckpointView view) {
        List<String> lines = new ArrayList<>();
        Claim newest = view.claims().get(view.claims().size() - 1);
        lines.add("job         " + view.job());
        lines.add("epoch       " + newest.epoch() + ", claimed " + newest.claimedAt());
        lines.add("prepared    "
                + (view.prepared() == 0
                        ? "no batch"
                        : "batch " + view.prepared()
                                + view.lastBatch()
                                        .map(time -> " of " + time + " (" + time.instant() + ")")
                                        .orElse("")));
        lines.add("committed   " + (view.committed() == 0 ? "no batch is known" : "batch " + view.committed()));
        view.planned().ifPresent(number -> lines.add("begun       batch " + number + ", has no results yet"));
        view.unwritten().ifPresent(number -> lines.add("to write    batch " + number + ", outputs may not have it"));
        lines.add("forks       at batch " + view.oldestBatch() + " to " + view.prepared());
        lines.add("runs");
        view.runs()
                .forEach(run -> lines.add("  epoch " + run.begun().epoch() + "  from batch " + run.firstBatch()
                        + ", every " + run.begun().intervalMillis() + " ms, "
                        + run.begun().partitions() + " partitions, "
                        + run.begun().nodes().size() + " operators"));
        lines.add("inputs");
        view.sources()
                .forEach(source -> lines.add(
                        "  " + source.name() + "  " + source.waiting() + " blocks wait, " + bytes(source.waitingBytes())
                                + (source.offsets().isEmpty() ? "" : "; read to " + source.offsets())));
        lines.add("state");
        view.operators()
                .forEach(operator -> lines.add("  " + operator.name() + "  partitions " + operator.partitions()
                        + "; snapshot " + operator.snapshotKeys() + " keys, " + bytes(operator.snapshotBytes())
                        + "; since then "
                        + operator.changes() + " changes of " + operator.changedKeys() + " keys, "
                        + bytes(operator.changedBytes())));
        lines.add("snapshots");
        view.snapshots()
                .forEach(snapshot -> lines.add("  " + snapshot.snapshot().id().path() + "  batch " + snapshot.number()
                        + ", " + bytes(snapshot.snapshot().length())));
        lines.add("log         " + view.records() + " records");
        view.files().forEach((file, length) -> lines.add("  " + file + "  " + bytes(length)));
        view.remarks().forEach(remark -> lines.add("remark      " + remark));
        return lines;
    }

    private static String bytes(long bytes) {
        if (bytes < 10_000) {
            return bytes + " B";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    /** As maps and lists for {@link JsonText}; times are texts as in ISO 8601 or milliseconds since 1970. */
    static Map<String, Object> tree(CheckpointView view) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("job", view.job());
        tree.put("claims", view.claims().stream().map(CheckpointText::claim).toList());
        tree.put("runs", view.runs().stream().map(CheckpointText::run).toList());
        tree.put("oldestForkBatch", view.oldestBatch());
        tree.put("preparedBatch", view.prepared());
        tree.put("committedBatch", view.committed());
        view.lastBatch().ifPresent(time -> tree.put("lastBatchTimeMillis", time.millis()));
        view.planned().ifPresent(number -> tree.put("begunBatch", number));
        view.unwritten().ifPresent(number -> tree.put("unwrittenBatch", number));
        tree.put("inputs", view.sources().stream().map(CheckpointText::source).toList());
        tree.put(
                "state", view.operators().stream().map(CheckpointText::operator).toList());
        tree.put(
                "snapshots",
                view.snapshots().stream().map(CheckpointText::snapshot).toList());
        tree.put("records", view.records());
        tree.put("files", view.files());
        tree.put("remarks", view.remarks());
        return tree;
    }

    private static Map<String, Object> claim(Claim claim) {
        Instant at = claim.claimedAt();
        return object(
                "epoch",
                claim.epoch(),
                "claimedAt",
                at.toString(),
                "log",
                claim.logId().toString());
    }

    private static Map<String, Object> run(CheckpointView.Run run) {
        JournalEntry.Begun begun = run.begun();
        List<Object> nodes = new ArrayList<>();
        begun.nodes()
                .forEach(node -> nodes.add(
                        object("name", node.name(), "role", node.role().name().toLowerCase(Locale.ROOT))));
        return object(
                "epoch", begun.epoch(),
                "firstBatch", run.firstBatch(),
                "intervalMillis", begun.intervalMillis(),
                "partitions", begun.partitions(),
                "operators", nodes);
    }

    private static Map<String, Object> source(CheckpointView.Source source) {
        return object(
                "name", source.name(),
                "waitingBlocks", source.waiting(),
                "waitingBytes", source.waitingBytes(),
                "offsets", source.offsets());
    }

    private static Map<String, Object> operator(CheckpointView.Operator operator) {
        return object(
                "name", operator.name(),
                "partitions", List.copyOf(operator.partitions()),
                "snapshotKeys", operator.snapshotKeys(),
                "snapshotBytes", operator.snapshotBytes(),
                "changes", operator.changes(),
                "changedKeys", operator.changedKeys(),
                "changedBytes", operator.changedBytes());
    }

    private static Map<String, Object> snapshot(Snapshotted snapshot) {
        return object(
                "file", snapshot.snapshot().id().path(),
                "batch", snapshot.number(),
                "bytes", snapshot.snapshot().length());
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return object;
    }
}
