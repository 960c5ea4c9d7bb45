// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file that is in memory, for parquet-java. */
record BytesInputFile(byte[] bytes) implements InputFile {

    @Override
    public long getLength() {
        return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(new Place(bytes));
    }

    private static final class Place extends ByteArrayInputStream {

        Place(byte[] bytes) {
            super(bytes);
        }

        synchronized int position() {
            return pos;
        }

        synchronized void seek(long position) throws IOException {
            if (position < 0 || position > count) {
                throw new EOFException("position " + position + " in a file of " + count + " bytes");
            }
            pos = (int) position;
        }
    }

    private static final class Stream extends DelegatingSeekableInputStream {

        private final Place place;

        Stream(Place place) {
            super(place);
            this.place = place;
        }

        @Override
        public long getPos() {
            return place.position();
        }

        @Override
        public void seek(long position) throws IOException {
            place.seek(position);
        }
    }
}
