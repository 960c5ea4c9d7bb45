// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Records of one length from the files that appear in a directory, as Spark's {@code binaryRecordsStream}.
 *
 * <p>Files are found, taken and remembered as by {@link TextFiles}. A file whose size is not a multiple of the length gives its whole
 * records, and the rest is reported. Every record counts once, as every line does there.
 */
public final class BinaryFiles implements Receiver<byte[]> {

    private static final int LONGEST_RECORD = 1 << 20;

    private final DirectoryOptions options;
    private final int recordLength;
    private final FileLedger ledger;

    private BinaryFiles(DirectoryOptions options, int recordLength) {
        if (recordLength < 1 || recordLength > LONGEST_RECORD) {
            throw new IllegalArgumentException(
                    "recordLength must be in 1.." + LONGEST_RECORD + ", but is " + recordLength);
        }
        this.options = options;
        this.recordLength = recordLength;
        this.ledger = new FileLedger(options.capacity());
    }

    /**
     * The records of the files that appear in this directory from the start of the job on.
     *
     * @param recordLength the bytes of a record, 1 to 2<sup>20</sup>
     */
    public static BinaryFiles in(Path directory, int recordLength) {
        return new BinaryFiles(DirectoryOptions.of(directory), recordLength);
    }

    /** As {@link TextFiles#existingFiles}. */
    public BinaryFiles existingFiles(boolean existing) {
        return new BinaryFiles(options.existingFiles(existing), recordLength);
    }

    /** As {@link TextFiles#filter}. */
    public BinaryFiles filter(Predicate<Path> filter) {
        return new BinaryFiles(options.filter(filter), recordLength);
    }

    /** As {@link TextFiles#scanInterval}. */
    public BinaryFiles scanInterval(Duration interval) {
        return new BinaryFiles(options.scanInterval(interval), recordLength);
    }

    /** As {@link TextFiles#settled}. */
    public BinaryFiles settled(boolean settled) {
        return new BinaryFiles(options.settled(settled), recordLength);
    }

    /** As {@link TextFiles#rememberedFiles}. */
    public BinaryFiles rememberedFiles(int files) {
        return new BinaryFiles(options.capacity(files), recordLength);
    }

    @Override
    public String name() {
        return "binary files " + options.directory();
    }

    @Override
    public boolean isReplayable() {
        return true;
    }

    @Override
    public Feed<byte[]> open(ReceiverContext context) {
        ledger.restore(options.directory(), context.offsets(), context.replays());
        Source<Delivery<byte[]>, NotUsed> planned =
                Source.from(context.replays()).flatMapConcat(this::again);
        List<OffsetRange> marks = new ArrayList<>();
        Source<Delivery<byte[]>, NotUsed> found = NewFiles.source(options, ledger, context)
                .flatMapConcat(file -> file.isMark() ? mark(file, marks) : blocks(file, marks, context));
        return Feed.deliveries(planned.concat(found));
    }

    /** A block with exactly these ranges, of which one is read at most. */
    private Source<Delivery<byte[]>, NotUsed> again(List<OffsetRange> block) {
        return Source.from(PlannedFiles.of(block, options.directory()))
                .filterNot(TakenFile::isMark)
                .flatMapConcat(file -> FileBytes.of(file)
                        .fold(ByteString.emptyByteString(), ByteString::concat)
                        .map(bytes -> new FixedRecords(recordLength, file.from()).add(bytes.toArray())))
                .fold(new ArrayList<byte[]>(), (all, records) -> {
                    all.addAll(records);
                    return all;
                })
                .map(records -> new Delivery.Whole<>(records, Receipt.NONE, block));
    }

    /** A range goes with the next block of records. */
    private static Source<Delivery<byte[]>, NotUsed> mark(TakenFile file, List<OffsetRange> marks) {
        marks.add(file.range(file.from(), file.to()));
        return Source.empty();
    }

    private Source<Delivery<byte[]>, NotUsed> blocks(TakenFile file, List<OffsetRange> marks, ReceiverContext context) {
        return FileBytes.of(file)
                .mapError(Throwable.class, failure -> {
                    giveUp(file, context, failure);
                    return failure;
                })
                .statefulMap(
                        () -> new FixedRecords(recordLength, file.from()),
                        (records, bytes) -> Pair.create(records, block(records, bytes, file, marks)),
                        records -> {
                            sayRest(records, file, context);
                            return Optional.empty();
                        })
                .onErrorComplete();
    }

    private Delivery<byte[]> block(FixedRecords records, ByteString bytes, TakenFile file, List<OffsetRange> marks) {
        long start = records.position();
        List<byte[]> whole = records.add(bytes.toArrayUnsafe());
        long end = records.position();
        List<OffsetRange> ranges = new ArrayList<>();
        if (!whole.isEmpty()) {
            ranges.addAll(marks);
            ranges.add(file.range(start, end));
            marks.clear();
        }
        return new Delivery.Whole<>(
                whole,
                new Receipt() {
                    @Override
                    public void received() {
                        ledger.received(file.origin(), end);
                    }

                    @Override
                    public void failed(Throwable cause) {
                        // it is read on from what was received last
                    }
                },
                ranges);
    }

    private void sayRest(FixedRecords records, TakenFile file, ReceiverContext context) {
        if (records.rest() > 0 && records.position() + records.rest() == file.to()) {
            giveUp(
                    file,
                    context,
                    new IOException(
                            "the last " + records.rest() + " bytes are no whole record of " + recordLength + " bytes"));
        }
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
