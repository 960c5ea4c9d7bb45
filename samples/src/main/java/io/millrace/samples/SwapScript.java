// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.stream.ModelLifeListener;
import io.millrace.mllib.stream.RefusedModel;
import io.millrace.mllib.stream.ServedModel;
import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What {@link HotSwap} does between the lines of its built-in feeder: puts a damaged model into the watched directory, then a better one,
 * then rolls back; after each it waits until it hears what came of it. It tells what it hears. Thread-safe.
 */
final class SwapScript implements ModelLifeListener {

    private final Path directory;
    private int steps;
    private boolean waiting;

    SwapScript(Path directory) {
        this.directory = directory;
    }

    /** Takes the next step, unless the last one has had no effect yet; true if the feeder may go on. Called after every batch. */
    boolean mayGoOn(ServedModel<Transformer> served) {
        int step;
        synchronized (this) {
            if (waiting) {
                return false;
            }
            step = steps++;
            waiting = step % 2 == 0 && step <= 4;
        }
        try {
            switch (step) {
                case 0 -> putDamaged();
                case 2 -> ShippedModels.copy("sensors", directory);
                case 4 -> {
                    var unused = served.rollBack();
                }
                default -> {}
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return step % 2 != 0 || step > 4;
    }

    /** A model of which the writing broke off. */
    private void putDamaged() throws IOException {
        Path growing = directory.resolve(".damaged");
        Files.createDirectories(growing.resolve("metadata"));
        Files.writeString(growing.resolve("metadata").resolve("part-00000"), "{\"class\":\"org.apache.spark.ml.Pipe");
        Files.move(growing, directory.resolve("damaged"));
    }

    @Override
    public void onInService(String model, String version, BatchTime batch) {
        heard("in service: " + version);
    }

    @Override
    public void onRefused(RefusedModel refused) {
        heard("refused: " + refused.version() + " (" + refused.file() + ": " + refused.reason() + ")");
    }

    private synchronized void heard(String news) {
        System.out.println(news);
        waiting = false;
    }

    /** Deletes the directory. */
    void removeModels() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
