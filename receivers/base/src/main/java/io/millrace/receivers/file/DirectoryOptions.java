// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which files of a directory are taken, and when it is looked at.
 *
 * @param directory where the files appear; the directories in it are not looked into
 * @param existingFiles whether those that are there at the first look are taken too
 * @param filter which of them are taken
 * @param scanInterval how often it is looked at; empty for once per batch
 * @param settled whether a file is taken only when it was the same in two looks
 * @param capacity how many files are remembered
 */
record DirectoryOptions(
        Path directory,
        boolean existingFiles,
        Predicate<Path> filter,
        Optional<Duration> scanInterval,
        boolean settled,
        int capacity) {

    private static final int CAPACITY = 100_000;
    private static final int MOST_CAPACITY = 10_000_000;

    DirectoryOptions {
        if (scanInterval.filter(interval -> interval.toMillis() < 1).isPresent()) {
            throw new IllegalArgumentException("scanInterval must be at least 1 ms, but is " + scanInterval.get());
        }
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException(
                    "rememberedFiles must be in 1.." + MOST_CAPACITY + ", but are " + capacity);
        }
    }

    static DirectoryOptions of(Path directory) {
        return new DirectoryOptions(directory, false, DirectoryOptions::isVisible, Optional.empty(), true, CAPACITY);
    }

    private static boolean isVisible(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("_");
    }

    DirectoryOptions existingFiles(boolean existing) {
        return new DirectoryOptions(directory, existing, filter, scanInterval, settled, capacity);
    }

    DirectoryOptions filter(Predicate<Path> newFilter) {
        return new DirectoryOptions(directory, existingFiles, newFilter, scanInterval, settled, capacity);
    }

    DirectoryOptions scanInterval(Duration interval) {
        return new DirectoryOptions(directory, existingFiles, filter, Optional.of(interval), settled, capacity);
    }

    DirectoryOptions settled(boolean newSettled) {
        return new DirectoryOptions(directory, existingFiles, filter, scanInterval, newSettled, capacity);
    }

    DirectoryOptions capacity(int newCapacity) {
        return new DirectoryOptions(directory, existingFiles, filter, scanInterval, settled, newCapacity);
    }
}
