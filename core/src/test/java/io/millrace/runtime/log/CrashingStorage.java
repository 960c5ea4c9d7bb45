// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk that forgets. It keeps what was written apart from what was synced; after a power cut the synced bytes and names
 * are there, and of the others a random choice of sectors and names. It can die, fail or call somebody at each access.
 */
public final class CrashingStorage implements LogStorage {

    private static final int SECTOR = 512;

    private final Map<String, Inode> names = new TreeMap<>();
    private final Map<String, Inode> durableNames = new TreeMap<>();
    private final List<NameChange> unsyncedNames = new ArrayList<>();
    private int calls;
    private int syncs;
    private int appends;
    private int dieAt = -1;
    private boolean dieAfterwards;
    private int failAt = -1;
    private int failAfter = -1;
    private int hookAt = -1;
    private Runnable hook = () -> {};
    private long room = Long.MAX_VALUE;

    /** Dies at the access number {@code call}, counted from 1, before or after it takes effect. */
    CrashingStorage dieAt(int call, boolean afterwards) {
        dieAt = call;
        dieAfterwards = afterwards;
        return this;
    }

    /** Fails with EIO at the access number {@code call}. */
    CrashingStorage failAt(int call) {
        failAt = call;
        return this;
    }

    /** Fails with EIO after the access number {@code call} has taken effect. */
    CrashingStorage failAfter(int call) {
        failAfter = call;
        return this;
    }

    /** Lets somebody else run just before the access number {@code call}. */
    CrashingStorage before(int call, Runnable other) {
        hookAt = call;
        hook = other;
        return this;
    }

    /** So many bytes can still be written; then the disk is full. */
    public void room(long bytes) {
        room = bytes;
    }

    int calls() {
        return calls;
    }

    /** How often a file or a directory was synced. */
    public int syncs() {
        return syncs;
    }

    int appends() {
        return appends;
    }

    /** The files as they are now. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        names.forEach((name, inode) -> files.put(name, inode.written.toByteArray()));
        return files;
    }

    /** A storage with these files, all durable. */
    static CrashingStorage of(Map<String, byte[]> files) {
        CrashingStorage storage = new CrashingStorage();
        files.forEach((name, bytes) -> {
            Inode inode = new Inode();
            inode.written.writeBytes(bytes);
            inode.durable = bytes.clone();
            storage.names.put(name, inode);
            storage.durableNames.put(name, inode);
        });
        return storage;
    }

    /** What is there after the process was killed: all that was written. */
    CrashingStorage afterKill() {
        return of(files());
    }

    /** What is there after the power was cut. */
    public CrashingStorage afterPowerCut(Random random) {
        Map<String, Inode> left = new TreeMap<>(durableNames);
        for (NameChange change : unsyncedNames) {
            if (random.nextBoolean()) {
                change.applyTo(left);
            }
        }
        Map<Inode, byte[]> contents = new HashMap<>();
        Map<String, byte[]> files = new TreeMap<>();
        left.forEach(
                (name, inode) -> files.put(name, contents.computeIfAbsent(inode, lost -> lost.afterPowerCut(random))));
        return of(files);
    }

    @Override
    public void createDirectory(String directory) throws IOException {
        enter();
        leave();
    }

    @Override
    public List<String> list(String directory) throws IOException {
        enter();
        String prefix = directory.isEmpty() ? "" : directory + "/";
        List<String> found = names.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()).replaceFirst("/.*", ""))
                .distinct()
                .toList();
        leave();
        return found;
    }

    @Override
    public @Nullable Object identity(String path) throws IOException {
        enter();
        Inode inode = names.get(path);
        leave();
        return inode;
    }

    @Override
    public InputStream open(String path) throws IOException {
        return new ByteArrayInputStream(read(path));
    }

    @Override
    public byte[] read(String path) throws IOException {
        enter();
        byte[] bytes = inode(path).written.toByteArray();
        leave();
        return bytes;
    }

    @Override
    public LogFile create(String path) throws IOException {
        enter();
        if (names.containsKey(path)) {
            throw new IOException("there already: " + path);
        }
        Inode inode = new Inode();
        change(path, inode);
        leave();
        return new OpenFile(inode);
    }

    @Override
    public void sync(String path) throws IOException {
        enter();
        Inode inode = inode(path);
        inode.durable = inode.written.toByteArray();
        leave();
    }

    @Override
    public boolean link(String from, String to) throws IOException {
        enter();
        boolean free = !names.containsKey(to);
        if (free) {
            change(to, inode(from));
        }
        leave();
        return free;
    }

    @Override
    public void delete(String path) throws IOException {
        enter();
        if (names.containsKey(path)) {
            change(path, null);
        }
        leave();
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        enter();
        unsyncedNames.removeIf(change -> {
            boolean here = change.name.startsWith(directory + "/");
            if (here) {
                change.applyTo(durableNames);
            }
            return here;
        });
        leave();
    }

    @Override
    public String describe(String path) {
        return path;
    }

    private void change(String name, @Nullable Inode inode) {
        NameChange change = new NameChange(name, inode);
        change.applyTo(names);
        unsyncedNames.add(change);
    }

    private Inode inode(String path) throws FileNotFoundException {
        Inode inode = names.get(path);
        if (inode == null) {
            throw new FileNotFoundException(path);
        }
        return inode;
    }

    private void enter() throws IOException {
        calls++;
        if (calls == hookAt) {
            int counted = calls;
            hook.run();
            calls = counted;
        }
        if (calls == dieAt && !dieAfterwards) {
            throw new PowerCut();
        }
        if (calls == failAt) {
            throw new IOException("Input/output error");
        }
    }

    private void leave() throws IOException {
        if (calls == failAfter) {
            throw new IOException("Input/output error");
        }
        if (calls == dieAt && dieAfterwards) {
            throw new PowerCut();
        }
    }

    private record NameChange(String name, @Nullable Inode inode) {

        void applyTo(Map<String, Inode> directory) {
            if (inode == null) {
                directory.remove(name);
            } else {
                directory.put(name, inode);
            }
        }
    }

    private static final class Inode {

        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        byte[] durable = new byte[0];

        byte[] afterPowerCut(Random random) {
            byte[] all = written.toByteArray();
            int length = durable.length + random.nextInt(all.length - durable.length + 1);
            if (random.nextInt(4) == 0) {
                length = all.length;
            }
            byte[] left = Arrays.copyOf(durable, length);
            boolean inOrder = random.nextBoolean();
            for (int from = durable.length; from < length; ) {
                int to = Math.min(length, (from / SECTOR + 1) * SECTOR);
                if (inOrder || random.nextBoolean()) {
                    System.arraycopy(all, from, left, from, to - from);
                }
                from = to;
            }
            return left;
        }
    }

    private final class OpenFile implements LogFile {

        private final Inode inode;

        OpenFile(Inode inode) {
            this.inode = inode;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            byte[] all = new byte[bytes.remaining()];
            bytes.get(all);
            try {
                enter();
            } catch (IOException | PowerCut e) {
                inode.written.write(all, 0, all.length / 2);
                throw e;
            }
            if (all.length > room) {
                inode.written.write(all, 0, (int) room);
                room = 0;
                throw new IOException("No space left on device");
            }
            room -= all.length;
            appends++;
            inode.written.writeBytes(all);
            leave();
        }

        @Override
        public void sync() throws IOException {
            enter();
            syncs++;
            inode.durable = inode.written.toByteArray();
            leave();
        }

        @Override
        public void close() {}
    }
}
