// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable.simulation;

import io.millrace.runtime.log.CrashingStorage;
import io.millrace.runtime.log.LogFile;
import io.millrace.runtime.log.LogStorage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The disk of the simulated machine, as each of its processes sees it. */
final class Disk {

    private static final Pattern CLAIM = Pattern.compile("epochs/(\\d+)\\.claim");

    private final Mutant mutant;
    private CrashingStorage disk = new CrashingStorage();
    private boolean full;

    Disk(Mutant mutant) {
        this.mutant = mutant;
    }

    /** The power was cut: what was not synced is there or not. */
    void cutPower(long seed) {
        disk = disk.afterPowerCut(new Random(seed));
        full = false;
    }

    /** So many bytes can still be written. */
    void room(long bytes) {
        disk.room(bytes);
        full = bytes < Long.MAX_VALUE;
    }

    boolean isFull() {
        return full;
    }

    /** The disk as a process sees it. */
    LogStorage of(Incarnation process) {
        return new View(process);
    }

    private interface Access<T> {
        T run() throws IOException;
    }

    private interface Change {
        void run() throws IOException;
    }

    private final class View implements LogStorage {
        private final Incarnation process;

        View(Incarnation process) {
            this.process = process;
        }

        private <T> T read(Access<T> access) throws IOException {
            process.enterDisk();
            T result = access.run();
            process.leaveDisk();
            return result;
        }

        private void change(Change change) throws IOException {
            try {
                process.enterDisk();
                change.run();
                process.leaveDisk();
            } catch (IOException e) {
                warnOrThrow(e);
            }
        }

        private void warnOrThrow(IOException e) throws IOException {
            if (mutant != Mutant.FAILURE_IS_A_WARNING || !process.isAlive()) {
                throw e;
            }
        }

        @Override
        public void createDirectory(String directory) throws IOException {
            change(() -> disk.createDirectory(directory));
        }

        @Override
        public List<String> list(String directory) throws IOException {
            return read(() -> disk.list(directory));
        }

        @Override
        public @Nullable Object identity(String path) throws IOException {
            process.enterDisk();
            Matcher claim = CLAIM.matcher(path);
            boolean hidden = mutant == Mutant.LOG_NOT_FENCED
                    && process.ownEpoch() > 0
                    && claim.matches()
                    && Integer.parseInt(claim.group(1)) > process.ownEpoch();
            Object identity = hidden ? null : disk.identity(path);
            process.leaveDisk();
            return identity;
        }

        @Override
        public byte[] read(String path) throws IOException {
            return read(() -> disk.read(path));
        }

        @Override
        public InputStream open(String path) throws IOException {
            return read(() -> disk.open(path));
        }

        @Override
        public LogFile create(String path) throws IOException {
            return new OpenFile(path, read(() -> disk.create(path)));
        }

        @Override
        public void sync(String path) throws IOException {
            change(() -> disk.sync(path));
        }

        @Override
        public boolean link(String from, String to) throws IOException {
            boolean linked = read(() -> disk.link(from, to));
            Matcher claim = CLAIM.matcher(to);
            if (linked && claim.matches()) {
                process.claimed(Integer.parseInt(claim.group(1)));
            }
            return linked;
        }

        @Override
        public void delete(String path) throws IOException {
            change(() -> {
                disk.delete(path);
                if (mutant == Mutant.CLEANUP_DELETES_NEEDED && path.endsWith(".seg")) {
                    List<String> left = disk.list("log");
                    if (left.size() > 1) {
                        disk.delete("log/" + left.get(0));
                    }
                }
            });
        }

        @Override
        public void syncDirectory(String directory) throws IOException {
            change(() -> disk.syncDirectory(directory));
        }

        @Override
        public String describe(String path) {
            return path.isEmpty() ? "the checkpoint" : path;
        }

        private final class OpenFile implements LogFile {
            private final String path;
            private final LogFile file;

            OpenFile(String path, LogFile file) {
                this.path = path;
                this.file = file;
            }

            @Override
            public void append(ByteBuffer bytes) throws IOException {
                ByteBuffer half = bytes.duplicate();
                half.limit(half.position() + half.remaining() / 2);
                boolean wasAlive = process.isAlive();
                try {
                    process.enterDisk();
                } catch (IOException e) {
                    if (wasAlive) {
                        file.append(half);
                    }
                    warnOrThrow(e);
                    return;
                }
                try {
                    file.append(bytes);
                    process.leaveDisk();
                } catch (IOException e) {
                    warnOrThrow(e);
                }
            }

            @Override
            public void sync() throws IOException {
                if (mutant == Mutant.ACKNOWLEDGED_BEFORE_DURABLE && path.startsWith("log/")) {
                    return;
                }
                change(file::sync);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
