// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import io.millrace.runtime.driver.Durability;
import io.millrace.runtime.durable.Checkpoint;
import io.millrace.runtime.durable.CheckpointRecords;
import io.millrace.runtime.durable.Journal;
import io.millrace.runtime.durable.JournalFormat;
import io.millrace.runtime.durable.Program;
import io.millrace.runtime.durable.ProgramDiff;
import io.millrace.runtime.executor.PlannedJob;
import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.runtime.log.LogDirectory;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.node.CheckpointSettings;
import io.millrace.runtime.node.Environment;
import io.millrace.runtime.node.JournalCodec;
import io.millrace.runtime.node.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
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

    /**
     * Whether a job could go on from its checkpoint; nothing is claimed or changed.
     *
     * @throws IllegalStateException if there is no checkpoint directory, or it cannot be read
     */
    CheckpointCheck check(PlannedJob job, Settings settings) {
        LogStorage given = options.storage;
        if (given == null && settings.checkpointing().directory().isEmpty()) {
            throw new IllegalStateException("There is no checkpoint directory to be checked");
        }
        LogStorage storage = given != null
                ? given
                : new FileLogStorage(settings.checkpointing().directory().orElseThrow());
        try {
            if (Set.of("LOCK", "lost+found").containsAll(storage.list(""))) {
                return new CheckpointCheck(true, List.of(storage.describe("") + " is empty: the job begins anew"));
            }
            JournalFormat format = new JournalCodec(options.types());
            CheckpointRecords read = CheckpointRecords.read(storage, format);
            if (!read.job().equals(options.name)) {
                return new CheckpointCheck(
                        false,
                        List.of("! " + storage.describe("") + " belongs to the job '" + read.job() + "', and this is '"
                                + options.name + "'"));
            }
            ProgramDiff diff = ProgramDiff.of(read, format, options.program(job.plan(), settings), options.migration());
            return new CheckpointCheck(diff.problems().isEmpty(), diff.lines());
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
        Program program = options.program(job.plan(), settings);
        Checkpoint checkpoint = Checkpoint.open(
                storage,
                new Claimant(options.name, UUID.randomUUID(), environment.time().now()),
                Journal.settings(settings.checkpointing().segmentBytes()),
                format,
                program,
                options.migration());
        Journal journal = new Journal(
                format,
                checkpoint.writer(),
                environment.threads().serial("journal"),
                environment.threads().serial("log"));
        run.onEnd(journal::close);
        RestoredStates.tell(job.plan(), checkpoint.states());
        return new Durability(
                options.name,
                checkpoint.epoch(),
                program,
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
