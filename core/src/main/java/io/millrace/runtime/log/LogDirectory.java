// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a log, locked while this is open. The lock gives a second driver on the same host an error at once;
 * nothing rests on it, because a driver on another host does not see it. That is what the epochs are for.
 */
public final class LogDirectory implements Closeable {

    static final String LOCK = "LOCK";

    /** File systems that cache what a directory holds, or have no hard links. */
    private static final List<String> SHARED =
            List.of("nfs", "cifs", "smb", "afs", "fuse.sshfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.rclone");

    /** What this process has locked: asking the system again would let the first lock go. */
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    /** What is refused unless it is allowed. */
    public enum Allow {
        /** NFS and the like, at one's own risk: their caches may hide a newer claim from an older driver. */
        NETWORK_FILE_SYSTEM,
        /** A directory that a live process holds, such as one that hangs; it is fenced by the next epoch. */
        LIVE_HOLDER
    }

    private LogDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks the directory, which is made if it is not there.
     *
     * @throws LogRefusedException if a live process of this host holds it, or it is on a network file system
     */
    public static LogDirectory open(Path path, Set<Allow> allowed) throws IOException {
        // Durably: a directory that is lost with the power takes all with it that was synced inside.
        new FileLogStorage(path).createDirectory("");
        Path directory = path.toRealPath();
        if (!allowed.contains(Allow.NETWORK_FILE_SYSTEM)) {
            refuseShared(directory, Files.getFileStore(directory).type());
        }
        if (!HELD_BY_THIS_PROCESS.add(directory)) {
            throw new LogRefusedException(directory.toString(), "this process has it open already");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(directory, channel, allowed.contains(Allow.LIVE_HOLDER));
            return new LogDirectory(directory, channel);
        } catch (IOException | RuntimeException e) {
            HELD_BY_THIS_PROCESS.remove(directory);
            close(channel, e);
            throw e;
        }
    }

    private static void lock(Path directory, FileChannel channel, boolean takeOver) throws IOException {
        @Nullable FileLock lock = channel.tryLock();
        if (lock == null && !takeOver) {
            throw new LogRefusedException(
                    directory.toString(),
                    "the live process "
                            + Files.readString(directory.resolve(LOCK)).strip()
                            + " on this host holds it; stop that one first");
        }
        if (lock != null) {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        }
    }

    static void refuseShared(Path directory, String type) throws LogRefusedException {
        if (SHARED.stream().anyMatch(type.toLowerCase(Locale.ROOT)::startsWith)) {
            throw new LogRefusedException(
                    directory.toString(),
                    "its file system is " + type
                            + ", which may hide a newer driver from an older one; use a local disk, or allow it");
        }
    }

    /** The files in it. */
    public LogStorage storage() {
        return new FileLogStorage(directory);
    }

    /** Lets the lock go. The writer is to be closed before. */
    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_BY_THIS_PROCESS.remove(directory);
        }
    }

    private static void close(@Nullable FileChannel channel, Exception cause) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
