// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.runtime.driver.Durability;
import io.millrace.runtime.durable.Checkpoint;
import io.millrace.runtime.durable.Journal;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.durable.Names;
import io.millrace.runtime.executor.PlannedJob;
import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.LogDirectory;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.node.CheckpointSettings;
import io.millrace.runtime.node.Environment;
import io.millrace.runtime.node.JournalCodec;
import io.millrace.runtime.node.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a job's checkpoint directory before the job starts, and lets it go when the job has ended. */
final class CheckpointStart {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStart.class);

    private final StreamingContextBuilder options;
    private final JobRun run;

    CheckpointStart(StreamingContextBuilder options, JobRun run) {
        this.options = options;
        this.run = run;
    }

    /**
     * What the job goes on from; empty if it has no checkpoint directory.
     *
     * @throws IllegalStateException if the directory cannot be used; the message names the file and the reason
     */
    Optional<Durability> open(Environment environment, PlannedJob job, Settings settings) {
        LogStorage given = options.storage;
        if (given == null && settings.checkpointing().directory().isEmpty()) {
            LOG.info(
                    "no checkpoint directory: a crash of this process loses what was received and not written, and the state");
            return Optional.empty();
        }
        try {
            LogStorage storage = given != null ? given : directory(settings.checkpointing());
            return Optional.of(open(storage, environment, job, settings));
        } catch (IOException e) {
            throw new IllegalStateException("The checkpoint directory cannot be used: " + e.getMessage(), e);
        }
    }

    private LogStorage directory(CheckpointSettings settings) throws IOException {
        Set<LogDirectory.Allow> allowed = EnumSet.noneOf(LogDirectory.Allow.class);
        if (settings.allowNetworkFileSystem()) {
            allowed.add(LogDirectory.Allow.NETWORK_FILE_SYSTEM);
        }
        LogDirectory directory = LogDirectory.open(settings.directory().orElseThrow(), allowed);
        closeAtEnd(directory);
        return directory.storage();
    }

    private Durability open(LogStorage storage, Environment environment, PlannedJob job, Settings settings)
            throws IOException {
        JournalFormat format = options.journalFormat.apply(new JournalCodec(options.types()));
        Names names = Names.of(job.plan());
        Checkpoint checkpoint = Checkpoint.open(
                storage,
                new Claimant(options.name, UUID.randomUUID(), environment.time().now()),
                Journal.settings(settings.checkpointing().segmentBytes()),
                format,
                names,
                options.migration());
        checkpoint.requirePartitions(settings.executor().partitions());
        Journal journal = new Journal(
                format,
                checkpoint.writer(),
                environment.threads().serial("journal"),
                environment.threads().serial("log"));
        run.onEnd(journal::close);
        return new Durability(
                options.name,
                checkpoint.epoch(),
                names,
                checkpoint.history(),
                checkpoint.states(),
                journal,
                format,
                checkpoint.snapshots(),
                environment.threads().serial("snapshots"),
                settings.checkpointing().snapshotBytes());
    }

    private void closeAtEnd(Closeable directory) {
        run.onEnd(() -> {
            try {
                directory.close();
            } catch (IOException e) {
                LOG.warn("the checkpoint directory could not be closed: {}", e.toString());
            }
        });
    }
}
