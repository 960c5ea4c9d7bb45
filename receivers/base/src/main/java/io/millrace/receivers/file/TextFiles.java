// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import io.millrace.receiver.Feed;
import io.millrace.receiver.LineChunks;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.receiver.TextChunk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lines of UTF-8 text from the files that appear in a directory, as Spark's {@code textFileStream}.
 *
 * <p>A file is new if none with its name, its size and its first 64 KiB was seen before. When it was written does not count, so a file
 * that is moved into the directory is taken however old it is (in Spark it may be ignored). A file that was taken and grows is not
 * taken again, which is reported once; one that is replaced by another is. Empty files are left until something is in them. Files that
 * are found together come in the order in which they were written, then of their names, and each is read to its end before the next.
 *
 * <p>The directory is looked at in the middle of every batch interval. A file is taken when it was the same in two looks, so that one
 * that is being written is left alone; {@link #settled} changes that. Files that vanish and files that cannot be read are reported, and
 * the others are read on.
 *
 * <p>Every line counts once, also when an executor dies: its files are read on from where they count as received. With a checkpoint
 * directory what was seen is remembered with the job, which goes on after a restart with the rest of the files and with those that came
 * meanwhile; no line is logged, so that files must stay until their batch is done. One that is gone then or has changed, and was planned
 * for a batch, is an error that names it, and the job waits for it. Before the first line counts nothing is remembered: until then a job
 * that is started again takes the files that it finds for those that were there at the start.
 *
 * <p>What is made of a receiver by an option remembers its own files.
 */
public final class TextFiles implements Receiver<String> {

    private final DirectoryOptions options;
    private final FileLedger ledger;

    private TextFiles(DirectoryOptions options) {
        this.options = options;
        this.ledger = new FileLedger(options.capacity());
    }

    /** The lines of the files that appear in this directory from the start of the job on. */
    public static TextFiles in(Path directory) {
        return new TextFiles(DirectoryOptions.of(directory));
    }

    /** The same, but files that are there at the start are taken too, or not. Default: not, as in Spark. */
    public TextFiles existingFiles(boolean existing) {
        return new TextFiles(options.existingFiles(existing));
    }

    /** The same for other files. Default: those whose names begin neither with {@code .} nor with {@code _}. */
    public TextFiles filter(Predicate<Path> filter) {
        return new TextFiles(options.filter(filter));
    }

    /** The same, but the directory is looked at so often, at least 1 ms. Default: the batch interval. */
    public TextFiles scanInterval(Duration interval) {
        return new TextFiles(options.scanInterval(interval));
    }

    /**
     * The same, but a file is taken only when its size and its time were the same in two looks, or at the first look. Default: in two;
     * at the first is right where files are moved into the directory, which saves an interval.
     */
    public TextFiles settled(boolean settled) {
        return new TextFiles(options.settled(settled));
    }

    /**
     * The same, but so many files are remembered, 1 to 10 000 000. Default: 100 000. Beyond that those are forgotten which are gone from
     * the directory; if all are there, new ones are not taken, which is reported.
     */
    public TextFiles rememberedFiles(int files) {
        return new TextFiles(options.capacity(files));
    }

    @Override
    public String name() {
        return "text files " + options.directory();
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public Feed<String> open(ReceiverContext context) {
        ledger.restore(options.directory(), context.offsets(), context.replays());
        Source<TextChunk, NotUsed> planned = Source.from(context.replays())
                .mapConcat(block -> PlannedFiles.of(block, options.directory()))
                .flatMapConcat(file -> chunks(file, context, broken -> {}));
        Source<TextChunk, NotUsed> found = NewFiles.source(options, ledger, context)
                .flatMapConcat(file -> chunks(file, context, cause -> giveUp(file, context, cause))
                        .onErrorComplete());
        return Feed.lines(planned.concat(found), ledger::received);
    }

    private static Source<TextChunk, NotUsed> chunks(
            TakenFile file, ReceiverContext context, Consumer<Throwable> onBroken) {
        if (file.isMark()) {
            return Source.single(RangedChunks.mark(file));
        }
        return FileBytes.of(file)
                .via(LineChunks.flow(file.origin(), context.maxLineBytes(), broken -> onBroken.accept(broken.cause())))
                .statefulMap(
                        () -> new RangedChunks(file),
                        (ranges, chunk) -> Pair.create(ranges, ranges.next(chunk)),
                        ranges -> Optional.empty());
    }

    /** A stream that is torn down because its executor died fails too, but the file is read on elsewhere. */
    private void giveUp(TakenFile file, ReceiverContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            return;
        }
        ledger.giveUp(file.origin());
        context.reportError("cannot read on " + file.path(), cause);
    }
}
