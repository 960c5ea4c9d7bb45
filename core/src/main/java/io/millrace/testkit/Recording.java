// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.runtime.driver.KeptRun;
import io.millrace.runtime.node.KeptRunFile;
import io.millrace.runtime.wire.TypeRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Batches of a job that ran, with their blocks and the state before the first of them, to be run again by a {@link Replay}.
 *
 * <p>A job that {@linkplain io.millrace.StreamingContextBuilder#keepBatches keeps} its last batches {@linkplain
 * io.millrace.StreamingContext#saveKeptBatches saves} them in a file; this is what is in it. Immutable.
 */
public final class Recording {

    private final KeptRun run;
    private final TypeRegistry types;

    Recording(KeptRun run, TypeRegistry types) {
        this.run = run;
        this.types = types;
    }

    /**
     * Reads a file.
     *
     * @param types the user's records, enums and sealed interfaces that are in it, as they were registered with the job
     * @throws IOException if the file cannot be read, is no recording, or is truncated or damaged; the message names the file, the place
     *     in it and the reason
     */
    public static Recording load(Path file, Class<?>... types) throws IOException {
        TypeRegistry.Builder registry = TypeRegistry.builder();
        for (Class<?> type : types) {
            registry.register(type);
        }
        TypeRegistry built = registry.build();
        return new Recording(new KeptRunFile(built).read(file), built);
    }

    /**
     * Writes it to a file, in place of what is there.
     *
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if a record is of a class that was not named when this was loaded; the message names it
     */
    public void save(Path file) throws IOException {
        new KeptRunFile(types).write(file, run);
    }

    /** The batches in order. */
    public List<RecordedBatch> batches() {
        return run.batches().stream().map(RecordedBatch::of).toList();
    }

    KeptRun run() {
        return run;
    }

    /** The same batches with what operators emitted in them. */
    Recording with(KeptRun observed) {
        return new Recording(observed, types);
    }
}
