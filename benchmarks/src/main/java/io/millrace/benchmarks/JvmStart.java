// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How long a program took from the start of its JVM until it printed what was waited for; then it was killed.
 *
 * @param seconds the time
 * @param cpuSeconds the processor time until then
 */
record JvmStart(double seconds, double cpuSeconds) {

    /**
     * Starts a program.
     *
     * @param awaited the line that is waited for
     * @throws IllegalStateException if it ends without it
     */
    static JvmStart of(List<String> command, Predicate<String> awaited) throws IOException {
        long startNs = System.nanoTime();
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            @Nullable String line = reader.readLine();
            while (line != null && !awaited.test(line)) {
                line = reader.readLine();
            }
            double seconds = (System.nanoTime() - startNs) / 1e9;
            if (line == null) {
                throw new IllegalStateException(String.join(" ", command) + " ended and had not printed a count");
            }
            Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new JvmStart(seconds, cpu.toNanos() / 1e9);
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * The command that starts a main class on this JVM's Java and class path.
     *
     * @param classPath what to put before the class path; may be empty
     */
    static List<String> command(List<String> jvmFlags, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        String own = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classPath.isEmpty() ? own : classPath + File.pathSeparator + own, mainClass));
        command.addAll(arguments);
        return command;
    }
}
