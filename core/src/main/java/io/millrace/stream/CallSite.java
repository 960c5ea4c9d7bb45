// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

/**
 * The place in a program where an operator was defined.
 *
 * @param file the source file
 * @param line the line in it
 */
public record CallSite(String file, int line) {

    private static final StackWalker STACK = StackWalker.getInstance();

    /** The innermost place on the calling thread's stack that is part neither of the API itself nor of the JDK. */
    public static CallSite here() {
        return STACK.walk(frames -> frames.filter(frame -> !isSkipped(frame.getClassName()))
                .findFirst()
                .map(frame -> new CallSite(
                        frame.getFileName() == null ? frame.getClassName() : frame.getFileName(),
                        frame.getLineNumber()))
                .orElse(new CallSite("unknown", 0)));
    }

    private static boolean isSkipped(String className) {
        return className.startsWith("java.")
                || className.startsWith("io.millrace.stream.")
                || className.equals("io.millrace.StreamingContext")
                || className.startsWith("io.millrace.StreamingContext$")
                || className.equals("io.millrace.testkit.BatchHarness");
    }

    /** {@code WordCount.java:42}. */
    @Override
    public String toString() {
        return file + ":" + line;
    }
}
