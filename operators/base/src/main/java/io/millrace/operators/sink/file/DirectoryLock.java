// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock of a directory, of the operating system: it goes with the process that holds it. */
final class DirectoryLock {

    private static final String NAME = "lock";

    private DirectoryLock() {}

    /** Another sink has the lock. */
    static final class HeldException extends IOException {
        private static final long serialVersionUID = 1L;

        HeldException(Path lock) {
            super("another sink writes to it, by the lock " + lock);
        }
    }

    /** Takes the lock; it is let go when what is answered is closed. */
    static FileChannel take(Path manifests) throws IOException {
        Path file = manifests.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // held in this JVM: as below
        }
        channel.close();
        throw new HeldException(file);
    }
}
