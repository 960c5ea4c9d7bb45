// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

/** Reads the records of one segment, and decides what a record that does not check means. */
final class SegmentReader {

    private final String file;
    private final byte[] bytes;
    private final SegmentHeader header;
    private final RecordFrame frame;

    /** The segment {@code header}, whose file holds {@code bytes}. */
    SegmentReader(String file, byte[] bytes, SegmentHeader header) {
        this.file = file;
        this.bytes = bytes;
        this.header = header;
        this.frame = new RecordFrame(header.incarnation(), header.id().epoch());
    }

    /** Reads a sealed segment: its first {@code length} bytes must be whole records. Returns the next number. */
    long readSealed(long length, LogReplay replay) throws LogCorruptedException {
        if (length > bytes.length) {
            throw new LogCorruptedException(
                    file, bytes.length, "it is " + bytes.length + " bytes long and was sealed with " + length);
        }
        int end = (int) length;
        End read = read(end, replay);
        if (read.position() != end) {
            throw new LogCorruptedException(
                    file, read.position(), "record " + read.next() + " does not match its CRC32C");
        }
        return read.next();
    }

    /**
     * Reads the newest segment. A record that does not check ends it if nothing was written after it in the knowledge
     * that it is durable: that is the torn tail of a commit nobody was told of. Else the disk has changed it.
     */
    End readNewest(LogReplay replay) throws LogCorruptedException {
        End read = read(bytes.length, replay);
        for (int at = read.position() + 1; at <= bytes.length - RecordFrame.OVERHEAD; at++) {
            if (RecordFrame.durableAt(bytes, at) >= read.next() && frame.isValid(bytes, at, bytes.length)) {
                throw new LogCorruptedException(
                        file,
                        read.position(),
                        "record " + read.next() + " does not match its CRC32C, and was durable when record "
                                + RecordFrame.sequenceAt(bytes, at) + " was written");
            }
        }
        return read;
    }

    private End read(int end, LogReplay replay) throws LogCorruptedException {
        int position = header.length();
        long next = header.firstSequence();
        while (position < end && frame.isValid(bytes, position, end)) {
            if (RecordFrame.sequenceAt(bytes, position) != next) {
                throw new LogCorruptedException(
                        file,
                        position,
                        "record " + next + " is expected, and it is " + RecordFrame.sequenceAt(bytes, position));
            }
            replay.record(next, RecordFrame.recordAt(bytes, position));
            position += RecordFrame.lengthAt(bytes, position);
            next++;
        }
        return new End(position, next);
    }

    /** Where the whole records end, and the number after the last. */
    record End(int position, long next) {}
}
