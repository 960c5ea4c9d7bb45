// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.RecordFailure;
import io.millrace.operator.Step;
import io.millrace.receiver.TextChunk;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.RecordBlock;
import io.millrace.runtime.block.TextBlock;
import org.jspecify.annotations.Nullable;

/** The beginning of a chain: turns the blocks of one input into records. */
final class SourceRoot {

    private final Chain chain;
    private final Step<Object> out;
    private final TextSource text;
    private final LineCheck check;
    private boolean dead;

    SourceRoot(Chain chain, Step<Object> out, TextSource text, LineCheck check) {
        this.chain = chain;
        this.out = out;
        this.text = text;
        this.check = check;
    }

    void begin() {
        dead = false;
    }

    /** Pushes the records of a block; does nothing once the batch has been given up for all that depend on this input. */
    void run(Block block) throws Exception {
        if (dead) {
            return;
        }
        chain.position().enter(block);
        try {
            for (TextChunk.Rejected line : block.rejected()) {
                check.rejected(line);
            }
            if (block instanceof TextBlock lines) {
                text.run(lines);
            } else if (block instanceof RecordBlock records) {
                push(records.records());
            }
            chain.flush();
        } catch (RecordFailure failure) {
            dead = true;
            chain.failed(failure);
        } finally {
            chain.position().leave();
        }
    }

    private void push(@Nullable Object[] records) throws Exception {
        Position position = chain.position();
        for (int i = 0; i < records.length; i++) {
            position.ordinal = i;
            out.push(records[i]);
        }
        chain.counts().records(records.length);
    }
}
