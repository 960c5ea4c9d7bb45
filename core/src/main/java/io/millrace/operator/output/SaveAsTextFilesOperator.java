// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes every batch to a directory of its own, as Spark's {@code saveAsTextFiles} does: the text of each record as a line in UTF-8 in
 * {@code part-00000}, then an empty file {@code _SUCCESS}, which says that all is there. Records stand in one part, since an
 * output has them in one place. A batch that is written again takes the place of what was there.
 *
 * @param prefix what the directory's path begins with
 * @param suffix what it ends with after a dot; empty for none
 * @param <T> records; none of them null
 */
public record SaveAsTextFilesOperator<T>(String prefix, String suffix) implements OutputOperator<T> {

    private static final String PART = "part-00000";
    private static final String UNFINISHED = "_temporary";
    private static final String SUCCESS = "_SUCCESS";

    /** Checks that they make a path. */
    public SaveAsTextFilesOperator {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException("The prefix of the directories must not be blank");
        }
        Path unused = directory(prefix, suffix, new BatchTime(0));
    }

    @Override
    public String kind() {
        return "saveAsTextFiles";
    }

    @Override
    public void write(BatchTime time, List<T> records) throws IOException {
        Path directory = directory(prefix, suffix, time);
        Files.createDirectories(directory);
        Files.deleteIfExists(directory.resolve(SUCCESS));
        deleteParts(directory);
        Path unfinished = directory.resolve(UNFINISHED);
        try (Writer writer =
                new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(unfinished), StandardCharsets.UTF_8))) {
            for (int i = 0; i < records.size(); i++) {
                writer.write(text(records.get(i), i));
                writer.write('\n');
            }
        }
        Files.move(unfinished, directory.resolve(PART), StandardCopyOption.ATOMIC_MOVE);
        Files.createFile(directory.resolve(SUCCESS));
    }

    /** The directory of a batch: {@code prefix-TIME} or {@code prefix-TIME.suffix}, the time in milliseconds. */
    private static Path directory(String prefix, String suffix, BatchTime time) {
        return Path.of(prefix + "-" + time.millis() + (suffix.isEmpty() ? "" : "." + suffix));
    }

    private static void deleteParts(Path directory) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "part-*")) {
            for (Path part : parts) {
                Files.delete(part);
            }
        }
    }

    @SuppressWarnings("NullAway") // records of users are not checked
    private static String text(Object record, int index) {
        if (record == null) {
            throw new IllegalArgumentException(
                    "Text files do not allow null records, but record " + index + " of the batch is null");
        }
        return record.toString();
    }
}
