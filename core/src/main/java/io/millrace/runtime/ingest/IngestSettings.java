// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import java.time.Duration;

/**
 * The bounds of ingestion.
 *
 * @param batchInterval the batch interval of the job at its start
 * @param blockInterval a block is cut at the latest so long after its first record, or at the end of the batch interval
 * @param blockBytes a block is cut when so many bytes are in it
 * @param blockRecords a block is cut when so many records are in it
 * @param creditBytes how many bytes of one receiver may be received and not yet processed
 * @param replication how many executors hold a block before it counts
 * @param replicationTimeout after which another executor is asked for a copy
 * @param maxLineBytes the longest line
 * @param limits how fast one receiver may be read at most
 */
public record IngestSettings(
        Duration batchInterval,
        Duration blockInterval,
        int blockBytes,
        int blockRecords,
        long creditBytes,
        int replication,
        Duration replicationTimeout,
        int maxLineBytes,
        LimitSettings limits) {}
