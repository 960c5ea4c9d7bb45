// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Records of one length from the files that appear in a directory, as Spark's {@code binaryRecordsStream}.
 *
 * <p>Files are found, taken and remembered as by {@link TextFiles}. A file whose size is not a multiple of the length gives its whole
 * records, and the rest is reported. When an executor dies, its files are read on from where they count as received, as there.
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
    public Feed<byte[]> open(ReceiverContext context) {
        return Feed.deliveries(NewFiles.source(options, ledger, context).flatMapConcat(file -> blocks(file, context)));
    }

    private Source<Delivery<byte[]>, NotUsed> blocks(TakenFile file, ReceiverContext context) {
        return FileBytes.of(file)
                .mapError(Throwable.class, failure -> {
                    giveUp(file, context, failure);
                    return failure;
                })
                .statefulMap(
                        () -> new FixedRecords(recordLength, file.from()),
                        (records, bytes) -> Pair.create(records, block(records, bytes, file)),
                        records -> {
                            sayRest(records, file, context);
                            return Optional.empty();
                        })
                .onErrorComplete();
    }

    private Delivery<byte[]> block(FixedRecords records, ByteString bytes, TakenFile file) {
        List<byte[]> whole = records.add(bytes.toArrayUnsafe());
        long end = records.position();
        return new Delivery.Whole<>(whole, new Receipt() {
            @Override
            public void received() {
                ledger.received(file.origin(), end);
            }

            @Override
            public void failed(Throwable cause) {
                // it is read on from what was received last
            }
        });
    }

    private void sayRest(FixedRecords records, TakenFile file, ReceiverContext context) {
        if (records.rest() > 0 && records.position() + records.rest() == file.size()) {
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
