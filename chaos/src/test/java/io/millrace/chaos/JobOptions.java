// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a {@link ChaosJob} is to do.
 *
 * @param checkpoint its checkpoint directory
 * @param output where its outputs have their directories
 * @param port where it takes lines
 * @param fileSink whether it writes by the sink of the library, which holds a lock as long as it lives
 * @param hook where the fault comes
 * @param pass at which pass, from 1
 * @param fault what it is
 */
record JobOptions(Path checkpoint, Path output, int port, boolean fileSink, Hook hook, int pass, Fault fault) {

    /** Without a fault. */
    static JobOptions harmless(Path checkpoint, Path output, int port, boolean fileSink) {
        return new JobOptions(checkpoint, output, port, fileSink, Hook.STOP, 1, Fault.NONE);
    }

    /** The same with a fault. */
    JobOptions with(Hook newHook, int newPass, Fault newFault) {
        return new JobOptions(checkpoint, output, port, fileSink, newHook, newPass, newFault);
    }

    /** As arguments of the program. */
    List<String> arguments() {
        return List.of(
                "checkpoint=" + checkpoint,
                "output=" + output,
                "port=" + port,
                "fileSink=" + fileSink,
                "hook=" + hook,
                "pass=" + pass,
                "fault=" + fault);
    }

    /** Of the arguments of the program. */
    static JobOptions parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            values.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new JobOptions(
                Path.of(get(values, "checkpoint")),
                Path.of(get(values, "output")),
                Integer.parseInt(get(values, "port")),
                Boolean.parseBoolean(get(values, "fileSink")),
                Hook.valueOf(get(values, "hook")),
                Integer.parseInt(get(values, "pass")),
                Fault.valueOf(get(values, "fault")));
    }

    private static String get(Map<String, String> values, String key) {
        return Objects.requireNonNull(values.get(key), key);
    }
}
