// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.operator.Pair;
import io.millrace.testkit.BatchHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares what the outputs and the state have with what the clients have sent. */
final class Checks {

    private final Plan.Shape shape;
    private final List<Client> clients;
    private final Job job;

    Checks(Plan.Shape shape, List<Client> clients, Job job) {
        this.shape = shape;
        this.clients = clients;
        this.job = job;
    }

    /** True if nothing that must be processed is missing. */
    boolean isAllThere() {
        int owed = clients.stream().mapToInt(client -> client.owed().size()).sum();
        return job.records.size() >= owed && missing().isEmpty();
    }

    /** What must be processed and is not. */
    List<String> missing() {
        Set<String> there = new HashSet<>();
        job.records.rows().forEach(row -> there.add(Job.untagged(row)));
        List<String> missing = new ArrayList<>();
        for (Client client : clients) {
            client.owed().stream()
                    .filter(record -> !there.contains(record))
                    .sorted()
                    .forEach(record -> missing.add("LOST: " + record));
        }
        return missing;
    }

    /** All that is wrong, when everything must be there. */
    List<String> problems(BatchHarness last) {
        List<String> problems = new ArrayList<>(missing());
        records(problems);
        inOrder(problems, "records", job.records, 1);
        inOrder(problems, "totals", job.totals, 0);
        inOrder(problems, "windows", job.windows, 1);
        inOrder(problems, "sessions", job.sessions, 1);
        List<String> rows = job.records.rows();
        Map<String, Pair<Long, Long>> expected = Job.fold(rows);
        differ(problems, "the state", expected, last.<String, Pair<Long, Long>>state("totals"));
        differ(problems, "the table of totals", expected, Ledger.table(job.totals));
        if (shape.window()) {
            windows(problems);
        }
        if (shape.sessions()) {
            sessions(problems, expected, last.state("sessions"));
        }
        return problems;
    }

    private void records(List<String> problems) {
        Set<String> sent = new HashSet<>();
        clients.forEach(client -> sent.addAll(client.records()));
        Map<String, Integer> times = new TreeMap<>();
        job.records.rows().forEach(row -> times.merge(Job.untagged(row), 1, Integer::sum));
        times.forEach((record, count) -> {
            if (!sent.contains(record)) {
                problems.add("DIVERGED: nobody has sent " + record);
            } else if (count > 1) {
                problems.add("DUPLICATED: " + record + " came " + count + " times");
            }
            if (!job.atLeastOnce.contains(record)) {
                problems.add("LOST: " + record + " did not come to the plain output");
            }
        });
    }

    /** What has a batch is never given an older one; one that keeps last values may be given the same again. */
    private static <T> void inOrder(List<String> problems, String output, Ledger<T> ledger, int step) {
        long last = 0;
        for (Ledger.Entry<T> entry : ledger.entries()) {
            if (entry.batch() < last + step) {
                problems.add("DIVERGED: " + output + " got batch " + entry.batch() + " after batch " + last);
            }
            last = entry.batch();
        }
    }

    private static <V> void differ(List<String> problems, String what, Map<String, V> expected, Map<String, V> found) {
        if (!found.equals(expected)) {
            problems.add("DIVERGED: the records make " + new TreeMap<>(expected) + ", but " + what + " is "
                    + new TreeMap<>(found));
        }
    }

    private void windows(List<String> problems) {
        Map<Long, List<String>> batches = job.records.byTime();
        long length = (long) Job.WINDOW_BATCHES * shape.intervalMillis();
        for (Ledger.Entry<Pair<String, Long>> entry : job.windows.entries()) {
            Map<String, Long> expected = new TreeMap<>();
            batches.forEach((time, rows) -> {
                if (time > entry.millis() - length && time <= entry.millis()) {
                    rows.forEach(row -> expected.merge(Job.key(row), 1L, Long::sum));
                }
            });
            Map<String, Long> found = new HashMap<>();
            entry.rows().forEach(row -> found.put(row.key(), row.value()));
            differ(problems, "the window of batch " + entry.batch() + " at " + entry.millis() + " ms", expected, found);
        }
    }

    private void sessions(
            List<String> problems, Map<String, Pair<Long, Long>> expected, Map<String, Pair<Long, Long>> open) {
        Map<String, Pair<Long, Long>> found = new TreeMap<>(open);
        job.sessions
                .rows()
                .forEach(row -> found.merge(
                        row.key(),
                        row.value(),
                        (one, other) -> Pair.of(one.key() + other.key(), one.value() + other.value())));
        differ(problems, "the sessions together", expected, found);
    }
}
