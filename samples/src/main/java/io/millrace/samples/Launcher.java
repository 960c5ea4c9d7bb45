// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.StreamingContext;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** Runs a sample from a command line. */
final class Launcher {

    private static final int WIDTH = 120;
    private static final List<String> HELP = List.of("-h", "--help");

    private Launcher() {}

    /** Runs a job; what it needs is begun to be made while the options are read, unless it only says its help. */
    static void runJob(Callable<Integer> sample, String... args) {
        if (HELP.stream().noneMatch(List.of(args)::contains)) {
            StreamingContext.prepare();
        }
        run(sample, args);
    }

    /** Runs it in this JVM, which it ends only if something went wrong, so that it may be run inside of Maven. */
    static void run(Callable<Integer> sample, String... args) {
        int code = execute(sample, args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Runs it and answers its exit code: 0 if all went well, 1 if the run failed, 2 if the options are wrong. */
    static int execute(Callable<Integer> sample, String... args) {
        return new CommandLine(sample)
                .setUsageHelpWidth(WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command))
                .execute(args);
    }

    private static int failed(Exception failure, CommandLine command) {
        boolean wrongOption = failure instanceof IllegalArgumentException;
        command.getErr().println(command.getCommandName() + ": " + failure.getMessage());
        if (wrongOption) {
            command.usage(command.getErr());
        }
        return wrongOption ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
}
