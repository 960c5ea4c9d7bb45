// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What has become of the lines that were acknowledged.
 *
 * @param acknowledged how many there were
 * @param lost how many of them no batch has
 * @param twice how often one came again
 * @param problems what else is wrong: batches out of order, sums or windows that are not those of the lines in the batches
 */
record Verdict(long acknowledged, long lost, long twice, List<String> problems) {

    /** Whether each line counts once, everywhere. */
    boolean isExact() {
        return lost == 0 && twice == 0 && problems.isEmpty();
    }

    /**
     * Compares the outputs with what was acknowledged.
     *
     * @param acknowledged how many lines of each client are acknowledged: these must be there
     * @param sent how many lines each client sent: these may be there, if those before them are
     * @param lines what the first output has: {@code batch,time,client,number,key,value}
     * @param sums what the second one has: {@code batch,time,(key,sum)}
     * @param windows what the third one has: {@code batch,time,(key,count)}
     */
    static Verdict of(
            Map<String, Long> acknowledged,
            Map<String, Long> sent,
            List<String> lines,
            List<String> sums,
            List<String> windows) {
        List<String> problems = new ArrayList<>();
        NavigableMap<Long, List<String>> batches = byBatch("lines", lines, problems);
        Map<String, Integer> seen = new HashMap<>();
        batches.values().forEach(batch -> batch.forEach(line -> seen.merge(line, 1, Integer::sum)));
        long all = 0;
        long lost = 0;
        long known = 0;
        for (Map.Entry<String, Long> client : sent.entrySet()) {
            long there = 0;
            long last = 0;
            long must = acknowledged.getOrDefault(client.getKey(), 0L);
            for (long number = 1; number <= client.getValue(); number++) {
                boolean isThere = seen.containsKey(Lines.of(client.getKey(), number));
                lost += number <= must && !isThere ? 1 : 0;
                there += isThere ? 1 : 0;
                last = isThere ? number : last;
            }
            if (last != there) {
                problems.add("lines of " + client.getKey() + ": " + there + ", but the last one is " + last);
            }
            all += must;
            known += there;
        }
        long twice = seen.values().stream().mapToLong(times -> times - 1L).sum();
        if (seen.size() != known) {
            problems.add("lines that nobody sent: " + (seen.size() - known));
        }
        checkSums(batches, byBatch("sums", sums, problems), problems);
        checkWindows(batches, byBatch("windows", windows, problems), problems);
        return new Verdict(all, lost, twice, problems.subList(0, Math.min(10, problems.size())));
    }

    /** The records of an output by the time of their batch. */
    private static NavigableMap<Long, List<String>> byBatch(String output, List<String> lines, List<String> problems) {
        NavigableMap<Long, List<String>> batches = new TreeMap<>();
        long lastNumber = 0;
        long lastTime = 0;
        for (String line : lines) {
            String[] fields = line.split(",", 3);
            long number = Long.parseLong(fields[0]);
            long time = Long.parseLong(fields[1]);
            if (Long.compare(number, lastNumber) != Long.compare(time, lastTime) || number < lastNumber) {
                problems.add(output + ": batch " + number + " of " + time + " comes after batch " + lastNumber + " of "
                        + lastTime);
            }
            lastNumber = number;
            lastTime = time;
            batches.computeIfAbsent(time, batch -> new ArrayList<>()).add(fields[2]);
        }
        return batches;
    }

    /** Every batch of sums has those of all lines up to it; the last one of all. */
    private static void checkSums(
            NavigableMap<Long, List<String>> lines, NavigableMap<Long, List<String>> sums, List<String> problems) {
        Map<String, Long> expected = new TreeMap<>();
        long done = Long.MIN_VALUE;
        for (Map.Entry<Long, List<String>> batch : sums.entrySet()) {
            for (List<String> next :
                    lines.subMap(done, false, batch.getKey(), true).values()) {
                next.forEach(line -> expected.merge(field(line, 2), Long.parseLong(field(line, 3)), Long::sum));
            }
            done = batch.getKey();
            compare("sums", batch, expected, problems);
        }
        if (!lines.tailMap(done, false).isEmpty()) {
            problems.add(
                    "sums: batches without sums: " + lines.tailMap(done, false).keySet());
        }
    }

    private static void checkWindows(
            NavigableMap<Long, List<String>> lines, NavigableMap<Long, List<String>> windows, List<String> problems) {
        for (Map.Entry<Long, List<String>> window : windows.entrySet()) {
            Map<String, Long> expected = new TreeMap<>();
            long from = window.getKey() - ChaosJob.WINDOW.toMillis();
            lines.subMap(from, false, window.getKey(), true)
                    .values()
                    .forEach(batch -> batch.forEach(line -> expected.merge(field(line, 2), 1L, Long::sum)));
            compare("windows", window, expected, problems);
        }
    }

    private static void compare(
            String output, Map.Entry<Long, List<String>> batch, Map<String, Long> expected, List<String> problems) {
        Map<String, Long> found = new TreeMap<>();
        for (String record : batch.getValue()) {
            String[] pair = record.substring(1, record.length() - 1).split(",", 2);
            if (found.put(pair[0], Long.parseLong(pair[1])) != null) {
                problems.add(output + ": key " + pair[0] + " twice in the batch of " + batch.getKey());
            }
        }
        if (!found.equals(expected)) {
            problems.add(output + ": the batch of " + batch.getKey() + " has " + found + " where the lines make "
                    + expected);
        }
    }

    private static String field(String line, int number) {
        return line.split(",", -1)[number];
    }
}
