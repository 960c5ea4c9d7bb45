// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The smallest transactional output: a file per batch, which gets its name when it is whole. It has no lock, so that a halted process
 * does not keep the next one from writing. What a run commits that was halted before the claim of the next one was made is a batch that
 * the log has prepared, so that the next one would write the same.
 */
record BatchFiles(Path directory) implements TransactionalOutput<String> {

    private static final String BATCH = "batch-";
    private static final String EPOCH = "epoch-";

    @Override
    public String kind() {
        return "batchFiles";
    }

    @Override
    public OptionalLong claim(OutputClaim claim) throws IOException, OutputFencedException {
        Files.createDirectories(directory);
        check(claim);
        Path marker = directory.resolve(name(EPOCH, claim.epoch()));
        if (!Files.exists(marker)) {
            Files.createFile(marker);
            force(directory);
        }
        return newest(BATCH);
    }

    @Override
    public boolean commit(OutputCommit commit, List<String> records) throws IOException, OutputFencedException {
        check(commit.claim());
        Path file = directory.resolve(name(BATCH, commit.batch()));
        if (Files.exists(file)) {
            return false;
        }
        Path unfinished = directory.resolve(name("unfinished-", commit.claim().epoch()));
        Files.deleteIfExists(unfinished); // it may be another name of a batch
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes =
                    ByteBuffer.wrap((String.join("\n", records) + (records.isEmpty() ? "" : "\n")).getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        boolean written = link(unfinished, file);
        force(directory);
        return written;
    }

    @Override
    public void write(BatchTime time, List<String> records) {
        throw new IllegalStateException("a job without a checkpoint is not what is tested");
    }

    private static boolean link(Path unfinished, Path file) throws IOException {
        try {
            Files.createLink(file, unfinished);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // the other run was faster
        }
    }

    private void check(OutputClaim claim) throws IOException, OutputFencedException {
        OptionalLong newest = newest(EPOCH);
        if (newest.isPresent() && newest.getAsLong() > claim.epoch()) {
            throw new OutputFencedException(claim, newest.getAsLong());
        }
    }

    private OptionalLong newest(String kind) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith(kind))
                    .mapToLong(name -> Long.parseLong(name.substring(kind.length())))
                    .max();
        }
    }

    private static String name(String kind, long number) {
        return kind + String.format(Locale.ROOT, "%012d", number);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The lines of all batches in a directory, in their order. */
    static List<String> read(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> batches = files.filter(
                            file -> String.valueOf(file.getFileName()).startsWith(BATCH))
                    .sorted()
                    .toList();
            List<String> lines = new ArrayList<>();
            for (Path batch : batches) {
                lines.addAll(Files.readAllLines(batch));
            }
            return lines;
        }
    }
}
