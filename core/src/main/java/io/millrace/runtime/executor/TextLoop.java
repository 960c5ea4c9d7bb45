// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Step;
import io.millrace.runtime.block.TextBlock;
import java.nio.charset.StandardCharsets;

/**
 * Decodes the lines of a block and pushes them; copied per node, so that the whole chain behind it is compiled into its
 * loop.
 *
 * <p>A line ends at a newline; a carriage return before it belongs to the end. Everything else is data.
 */
final class TextLoop implements TextSource {

    private final Step<Object> out;
    private final Position position;
    private final LineCheck check;

    TextLoop(Step<Object> out, Position position, LineCheck check) {
        this.out = out;
        this.position = position;
        this.check = check;
    }

    @Override
    public void run(TextBlock block) throws Exception {
        byte[] bytes = block.bytes();
        int length = block.length();
        int from = 0;
        long ordinal = 0;
        while (from < length) {
            int end = Newlines.next(bytes, from, length);
            int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
            position.ordinal = ordinal++;
            position.offset = from;
            String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            if ((to - from <= check.maxLineBytes && line.indexOf('\uFFFD') < 0)
                    || check.passes(bytes, from, to, line)) {
                out.push(line);
            }
            from = end + 1;
        }
        check.lines(ordinal);
    }
}
