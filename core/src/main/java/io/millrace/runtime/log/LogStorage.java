// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.List;

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

    /** The names in a directory, sorted; none if there is no such directory. */
    List<String> list(String directory) throws IOException;

    /** Whether there is a file of that name now; never answered from a cache. */
    boolean exists(String path) throws IOException;

    /** The whole file. */
    byte[] read(String path) throws IOException;

    /** A new empty file to be written; fails if there is one. */
    LogFile create(String path) throws IOException;

    /** Gives an existing file a second name, atomically; false, and nothing done, if the name is taken. */
    boolean link(String from, String to) throws IOException;

    /** Takes a name away; nothing if there is none. */
    void delete(String path) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(String directory) throws IOException;

    /** The file as people are to be told it. */
    String describe(String path);
}
