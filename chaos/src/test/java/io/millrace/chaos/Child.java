// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A program of this package in a process of its own, which says line by line where it is. */
final class Child implements AutoCloseable {

    private static final String END = "";

    private final String name;
    private final Process process;
    private final Path errors;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();

    private Child(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::read, "reader-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a program.
     *
     * @param before what stands before the command, such as a tracer; perhaps nothing
     * @param errors takes its error output
     */
    static Child start(String name, List<String> before, Class<?> main, List<String> arguments, Path errors)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        return new Child(name, process, errors);
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("UNREADABLE " + e);
        }
        lines.add(END);
    }

    /** Waits for a line; fails when it does not come in time, or the process ends before. */
    String await(String what, Predicate<String> wanted, Duration limit) throws InterruptedException, IOException {
        Optional<String> said = next(wanted, limit);
        if (said.isEmpty()) {
            throw new AssertionError(
                    name + " did not say " + what + " within " + limit + ". It said " + tail() + "\n" + errors());
        }
        return said.get();
    }

    /** Waits for a line that begins so. */
    String await(String start, Duration limit) throws InterruptedException, IOException {
        return await(start, line -> line.startsWith(start), limit);
    }

    /** Waits until it has processed lines in so many batches. */
    void awaitBatches(int batches, Duration limit) throws InterruptedException, IOException {
        for (int i = 0; i < batches; i++) {
            await("a batch with records", line -> line.startsWith("BATCH ") && !line.equals("BATCH 0"), limit);
        }
    }

    private Optional<String> next(Predicate<String> wanted, Duration limit) throws InterruptedException {
        while (true) {
            String line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null || line.equals(END)) {
                return Optional.empty();
            }
            heard.add(line);
            if (wanted.test(line)) {
                return Optional.of(line);
            }
        }
    }

    /** Tells it a line. */
    void tell(String line) throws IOException {
        Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        out.write(line + "\n");
        out.flush();
    }

    /** Waits for its end and returns its exit code; 137 if SIGKILL was it. */
    int awaitEnd(Duration limit) throws InterruptedException, IOException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " did not end within " + limit + ". It said " + tail() + "\n" + errors());
        }
        return process.exitValue();
    }

    /** Whether it lives. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends it a signal. */
    void signal(String signal) {
        Signals.send(signal, process.pid());
    }

    /** Waits until it stands still, as it has told itself to. */
    void awaitHalted() throws IOException {
        Signals.awaitHalted(process.pid());
    }

    /** What it said last. */
    private List<String> tail() {
        return heard.subList(Math.max(0, heard.size() - 20), heard.size());
    }

    /** What it wrote to its error output. */
    String errors() throws IOException {
        String all = Files.readString(errors);
        return all.substring(Math.max(0, all.length() - 6000));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
