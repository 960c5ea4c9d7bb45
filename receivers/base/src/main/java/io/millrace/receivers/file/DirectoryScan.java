// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Looks at a directory and decides which of its files are to be taken, those that were written first before the others. What is wrong
 * is told once, not at every look. Used by one stage.
 */
final class DirectoryScan {

    private final DirectoryOptions options;
    private final FileLedger ledger;
    private final int opening;
    private final BiConsumer<String, Throwable> reports;
    private Map<String, FoundFile> unsettled = new HashMap<>();
    private Set<String> unreadable = new HashSet<>();
    private boolean directoryUnreadable;
    private boolean fullSaid;

    DirectoryScan(DirectoryOptions options, FileLedger ledger, int opening, BiConsumer<String, Throwable> reports) {
        this.opening = opening;
        this.options = options;
        this.ledger = ledger;
        this.reports = reports;
    }

    /** The files to take now, in order. */
    List<TakenFile> look() {
        boolean first = ledger.begin();
        List<FoundFile> present;
        try {
            present = list();
            directoryUnreadable = false;
        } catch (IOException e) {
            if (!directoryUnreadable) {
                reports.accept("cannot look into " + options.directory(), e);
            }
            directoryUnreadable = true;
            return List.of();
        }
        boolean take = options.existingFiles() || !first;
        Set<String> names = new HashSet<>();
        present.forEach(file -> names.add(file.name()));
        unreadable.retainAll(names);
        Map<String, FoundFile> before = unsettled;
        unsettled = new HashMap<>();
        List<TakenFile> taken = new ArrayList<>();
        for (FoundFile file : present) {
            boolean unchanged = !options.settled() || file.equals(before.get(file.name())) || !take;
            if (unchanged) {
                see(file, take, names, taken);
            } else if (!ledger.knows(file)) {
                unsettled.put(file.name(), file);
            }
        }
        return taken;
    }

    private void see(FoundFile file, boolean take, Set<String> names, List<TakenFile> taken) {
        try {
            switch (ledger.see(file, take, names, opening)) {
                case NEW -> {
                    unreadable.remove(file.name());
                    if (take) {
                        ledger.taken(file.name()).ifPresent(taken::add);
                    }
                }
                case GROWN ->
                    reports.accept(
                            "what is not taken of " + file.path(),
                            new IOException("it has grown to " + file.size() + " bytes after it was taken"));
                case NO_ROOM -> sayFull();
                case KNOWN -> {
                    // nothing to do
                }
            }
        } catch (NoSuchFileException e) {
            // it was there for a moment only: nothing of it was taken
        } catch (IOException e) {
            if (unreadable.add(file.name())) {
                reports.accept("cannot read " + file.path() + ", trying again at every look", e);
            }
        }
    }

    private void sayFull() {
        if (!fullSaid) {
            fullSaid = true;
            reports.accept(
                    "new files are not taken",
                    new IOException(options.directory() + " has more than the " + options.capacity()
                            + " files that are remembered: move some away, or raise rememberedFiles"));
        }
    }

    private List<FoundFile> list() throws IOException {
        List<FoundFile> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(options.directory())) {
            for (Path path : all) {
                if (options.filter().test(path)) {
                    add(path, found);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.comparingLong(FoundFile::modifiedMillis).thenComparing(FoundFile::name));
        return found;
    }

    /** An empty file may be one that is just being made, so it is not there yet. */
    private static void add(Path path, List<FoundFile> found) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile() && attributes.size() > 0) {
                found.add(FoundFile.of(path, attributes));
            }
        } catch (NoSuchFileException e) {
            // it is gone again
        }
    }
}
