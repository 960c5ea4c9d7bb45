// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The trials of several contenders side by side, as Markdown tables of medians. */
final class Comparison {

    /** The trials by contender, in the order of the first round. */
    private final Map<String, List<Trial>> trials;

    Comparison(List<Trial> trials) {
        this.trials = trials.stream()
                .collect(Collectors.groupingBy(Trial::contender, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether every contender counted in every trial exactly what was sent. */
    boolean exact() {
        return trials.values().stream().flatMap(List::stream).allMatch(Trial::exact);
    }

    /** The median of a figure of a contender that took part. */
    double median(String contender, String field) {
        return figures(trials.getOrDefault(contender, List.of()), field).median();
    }

    /** How many times a peer's words a second a contender does; nothing if one of them took no part. */
    Optional<Double> ratio(String contender, String peer) {
        return trials.containsKey(contender) && trials.containsKey(peer)
                ? Optional.of(median(contender, "wordsPerSecond") / median(peer, "wordsPerSecond"))
                : Optional.empty();
    }

    /** Words a second, their spread, processor time, and the ratio to each of the peers that took part. */
    String throughput(List<String> peers) {
        List<String> present = peers.stream().filter(trials::containsKey).toList();
        StringBuilder table =
                new StringBuilder("| contender | rounds | M words/s | min–max | CPU s / M words | GC ms |");
        present.forEach(peer -> table.append(" × ").append(peer).append(" |"));
        table.append(" totals |\n| --- | --: | --: | --: | --: | --: |");
        present.forEach(peer -> table.append(" --: |"));
        table.append(" --- |\n");
        trials.forEach((name, of) -> {
            Figures rate = figures(of, "wordsPerSecond");
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.2f | %.2f–%.2f | %.3f | %.0f |",
                    name,
                    of.size(),
                    rate.median() / 1e6,
                    rate.min() / 1e6,
                    rate.max() / 1e6,
                    figures(of, "cpuSecondsPerMillionWords").median(),
                    figures(of, "gcMillis").median()));
            present.forEach(peer -> table.append(
                    String.format(Locale.ROOT, " %.2f |", rate.median() / median(peer, "wordsPerSecond"))));
            table.append(exactness(of));
        });
        return table.toString();
    }

    /** Percentiles of the time from sending to emission in milliseconds, and processor time. */
    String latency() {
        StringBuilder table =
                new StringBuilder("| contender | rounds | p50 ms | p90 | p99 | p99 min–max | p99.9 | max |"
                        + " CPU s / M words | sender lag p99 ms | totals |\n"
                        + "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --- |\n");
        trials.forEach((name, of) -> {
            Figures p99 = figures(of, "p99Micros");
            table.append(String.format(
                            Locale.ROOT,
                            "| %s | %d | %.2f | %.2f | %.2f | %.2f–%.2f | %.2f | %.2f | %.3f | %.2f |",
                            name,
                            of.size(),
                            figures(of, "p50Micros").median() / 1e3,
                            figures(of, "p90Micros").median() / 1e3,
                            p99.median() / 1e3,
                            p99.min() / 1e3,
                            p99.max() / 1e3,
                            figures(of, "p999Micros").median() / 1e3,
                            figures(of, "maxMicros").median() / 1e3,
                            figures(of, "cpuSecondsPerMillionWords").median(),
                            figures(of, "lagP99Micros").median() / 1e3))
                    .append(exactness(of));
        });
        return table.toString();
    }

    private static String exactness(List<Trial> of) {
        return of.stream().allMatch(Trial::exact) ? " exact |\n" : " **WRONG** |\n";
    }

    private static Figures figures(List<Trial> of, String field) {
        return new Figures(
                of.stream().mapToDouble(trial -> trial.line().number(field)).toArray());
    }
}
