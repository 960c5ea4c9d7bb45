// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

/** What one task, or several together, counted. */
public final class TaskCounts {

    private long records;
    private long skipped;
    private long deadLetters;
    private long malformed;
    private long rejected;

    /** Nothing counted yet. */
    public TaskCounts() {}

    void records(long more) {
        records += more;
    }

    void skipped() {
        skipped++;
    }

    void deadLettered() {
        deadLetters++;
    }

    void malformed() {
        malformed++;
    }

    void rejected() {
        rejected++;
    }

    void reset() {
        records = 0;
        skipped = 0;
        deadLetters = 0;
        malformed = 0;
        rejected = 0;
    }

    /** What was counted. */
    public Totals totals() {
        return new Totals(records, skipped, deadLetters, malformed, rejected);
    }

    /**
     * What was counted in a batch.
     *
     * @param records records read from blocks
     * @param skipped records left out by {@code SKIP}
     * @param deadLetters records set aside
     * @param malformed lines that were not UTF-8
     * @param rejected lines that were too long
     */
    public record Totals(long records, long skipped, long deadLetters, long malformed, long rejected) {

        /** Nothing. */
        public static final Totals NONE = new Totals(0, 0, 0, 0, 0);

        /** Both together. */
        public Totals plus(Totals other) {
            return new Totals(
                    records + other.records,
                    skipped + other.skipped,
                    deadLetters + other.deadLetters,
                    malformed + other.malformed,
                    rejected + other.rejected);
        }
    }
}
