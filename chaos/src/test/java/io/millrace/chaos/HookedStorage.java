// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import io.millrace.runtime.log.LogFile;
import io.millrace.runtime.log.LogStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A storage of which the hooks can be passed. */
record HookedStorage(LogStorage inner, Trap trap) implements LogStorage {

    @Override
    public void createDirectory(String directory) throws IOException {
        inner.createDirectory(directory);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return inner.list(directory);
    }

    @Override
    public @Nullable Object identity(String path) throws IOException {
        return inner.identity(path);
    }

    @Override
    public byte[] read(String path) throws IOException {
        if (path.startsWith("log/")) {
            trap.pass(Hook.REPLAY);
        }
        return inner.read(path);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return inner.open(path);
    }

    @Override
    public LogFile create(String path) throws IOException {
        LogFile file = inner.create(path);
        return path.startsWith("snapshots/") ? new SnapshotFile(file, trap) : file;
    }

    @Override
    public boolean link(String from, String to) throws IOException {
        if (to.startsWith("epochs/")) {
            trap.pass(Hook.CLAIM_LINK);
        } else if (to.startsWith("snapshots/")) {
            trap.pass(Hook.SNAP_RENAME);
        } else if (to.endsWith("-000000.seg")) {
            trap.pass(Hook.SEAL_WRITE);
        }
        return inner.link(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
        if (path.startsWith("log/") && path.endsWith(".seg")) {
            trap.pass(Hook.CLEAN_BLOCK);
        } else if (path.startsWith("snapshots/") && !path.endsWith(".tmp")) {
            trap.pass(Hook.CLEAN_STATE);
        }
        inner.delete(path);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        inner.syncDirectory(directory);
    }

    @Override
    public String describe(String path) {
        return inner.describe(path);
    }

    private record SnapshotFile(LogFile inner, Trap trap) implements LogFile {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
            inner.append(bytes);
            trap.pass(Hook.SNAP_WRITE);
        }

        @Override
        public void sync() throws IOException {
            inner.sync();
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }
    }
}
