// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disk as the log sees it; every access goes through here, so that a crashing file system can stand in.
 *
 * <p>Paths are relative to the root of the storage, with {@code /} between a directory and a name. What is written
 * survives a power cut only after {@link LogFile#sync}; a name that was made or taken away only after
 * {@link #syncDirectory}. What one caller has done is seen at once by all others on the same storage.
 */
public interface LogStorage {

    /** Makes the directory durably, if there is none. */
    void createDirectory(String directory) throws IOException;

    /** The names in a directory, sorted, of the root if it is ""; none if there is no such directory. */
    List<String> list(String directory) throws IOException;

    /**
     * What is equal for the same file only, whatever its name; null if there is no file of that name now. Never answered
     * from a cache.
     */
    @Nullable
    Object identity(String path) throws IOException;

    /** Whether there is a file of that name now; never answered from a cache. */
    default boolean exists(String path) throws IOException {
        return identity(path) != null;
    }

    /** The whole file. */
    byte[] read(String path) throws IOException;

    /** The bytes of a file from its beginning. */
    InputStream open(String path) throws IOException;

    /** A new empty file to be written; fails if there is one. */
    LogFile create(String path) throws IOException;

    /**
     * Makes what is in an existing file durable, whoever has written it and died before it was. Default: nothing, for a storage in which
     * whatever can be read is durable.
     */
    default void sync(String path) throws IOException {
        // it is
    }

    /** Gives an existing file a second name, atomically; false, and nothing done, if the name is taken. */
    boolean link(String from, String to) throws IOException;

    /** Takes a name away; nothing if there is none. */
    void delete(String path) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(String directory) throws IOException;

    /** The file as people are to be told it. */
    String describe(String path);
}
