// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import io.millrace.operator.BatchTime;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a batch has written: it is there, whole, or the batch is not.
 *
 * @param sequence its number in the directory, from 0 without gaps, in the order in which batches were written
 * @param batch the batch
 * @param partition which part of the batch; 0 if it is written in one
 * @param ranges where its records are, in order; never none
 * @param number the number of the batch, if the job had a checkpoint directory
 */
public record Manifest(long sequence, BatchTime batch, int partition, List<FileRange> ranges, OptionalLong number) {

    /** Copies the ranges. */
    public Manifest {
        if (sequence < 0 || partition < 0) {
            throw new IllegalArgumentException(
                    "sequence and partition must be >= 0, but are " + sequence + " and " + partition);
        }
        if (ranges.isEmpty()) {
            throw new IllegalArgumentException("the manifest of the batch " + batch + " must have ranges");
        }
        ranges = List.copyOf(ranges);
    }

    /** A batch of a job without a checkpoint directory. */
    public Manifest(long sequence, BatchTime batch, int partition, List<FileRange> ranges) {
        this(sequence, batch, partition, ranges, OptionalLong.empty());
    }

    /** How many records the batch has. */
    public long records() {
        return ranges.stream().mapToLong(FileRange::records).sum();
    }

    /** How many bytes the batch has. */
    public long bytes() {
        return ranges.stream().mapToLong(FileRange::bytes).sum();
    }
}
