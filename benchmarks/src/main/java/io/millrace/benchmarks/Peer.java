// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Another engine. It runs in a process of its own, on a class path of its own, if {@code benchmarks/run} has built it. */
enum Peer {
    FLINK,
    SPARK;

    /** What both of them reach into, each in its own way; their start scripts say the same. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.nio",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks",
            "sun.nio.ch",
            "sun.nio.cs",
            "sun.security.action",
            "sun.util.calendar");

    /** Its name in small letters. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of one of its classes. */
    String named(String simpleName) {
        return "io.millrace.benchmarks." + id() + '.' + simpleName;
    }

    /** What it runs on; nothing if it was not built. */
    Optional<String> classPath() {
        return Optional.ofNullable(System.getProperty("millrace.benchmarks." + id() + "ClassPath"));
    }

    /** What it runs on. */
    String requiredClassPath() {
        return classPath()
                .orElseThrow(() -> new IllegalStateException(id() + " is not built: PEERS=1 benchmarks/run …"));
    }

    /** These flags and those that it needs itself. */
    List<String> flags(List<String> jvmFlags) {
        List<String> flags = new ArrayList<>(jvmFlags);
        OPENED.forEach(name -> flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        return flags;
    }
}
