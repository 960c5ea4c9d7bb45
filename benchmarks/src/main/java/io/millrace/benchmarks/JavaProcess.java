// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs a main class on this JVM's Java and class path and talks in {@link JsonLine}s.
 *
 * <p>Whatever else it prints goes to this process's stderr. Closing it gives it a moment to end by itself.
 */
final class JavaProcess implements AutoCloseable {

    private static final String EXITED = "exited";
    private static final Duration TIME_TO_EXIT = Duration.ofSeconds(10);

    private final String mainClass;
    private final Process process;
    private volatile boolean killed;
    private final BlockingQueue<JsonLine> said = new LinkedBlockingQueue<>(); // a handful of lines per process

    private JavaProcess(String mainClass, Process process) {
        this.mainClass = mainClass;
        this.process = process;
    }

    /** A process that is running. */
    static JavaProcess start(List<String> jvmFlags, String mainClass, List<String> arguments) throws IOException {
        return startOn(System.getProperty("java.class.path"), jvmFlags, mainClass, arguments);
    }

    /** A process on a class path of its own. */
    static JavaProcess startOn(String classPath, List<String> jvmFlags, String mainClass, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
        JavaProcess started = new JavaProcess(mainClass, process);
        Thread thread = new Thread(started::listen, "output of " + mainClass);
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    private void listen() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            @Nullable String line;
            while ((line = reader.readLine()) != null) {
                String text = line;
                JsonLine.parse(text).ifPresentOrElse(said::add, () -> System.err.println(text));
            }
        } catch (IOException e) {
            if (!killed) {
                System.err.println("lost the output of " + mainClass + ": " + e);
            }
        }
        said.add(JsonLine.event(EXITED));
    }

    /** Waits for the line that says that this happened; anything else is an error. */
    JsonLine await(String event, Duration timeout) throws InterruptedException {
        @Nullable JsonLine line = said.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new IllegalStateException(mainClass + " did not say '" + event + "' within " + timeout);
        }
        if (!line.event().equals(event)) {
            throw new IllegalStateException(mainClass + " should say '" + event + "', but said " + line);
        }
        return line;
    }

    /** Writes a line to the process's stdin. One that has ended misses it, see {@link #await}. */
    void say(String line) {
        try {
            BufferedWriter writer =
                    new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
            writer.write(line + '\n');
            writer.flush();
        } catch (IOException ignored) {
            // A peer that sees the end of the stream is done before it could be told.
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        killed = true;
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.onExit()
                .completeOnTimeout(process, TIME_TO_EXIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        process.destroyForcibly();
    }
}
