// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.log.SnapshotRef;
import java.util.List;
import java.util.Map;

/**
 * What a job writes to its log. Numbers of operators are those of the run that wrote them; {@link Begun} says which names they have.
 * Users' values are bytes here, so that a log can be looked at without the users' classes.
 */
public sealed interface JournalEntry {

    /**
     * A run of the job begins; what follows, until the next of these, is written by it.
     *
     * @param epoch counts the runs, from 1
     * @param zero one interval before the first batch of the first run
     * @param intervalMillis the batch interval that the run begins with
     * @param partitions how many partitions records are exchanged into
     * @param nodes the operators
     * @param types the registered records and enums
     */
    record Begun(
            long epoch,
            BatchTime zero,
            long intervalMillis,
            int partitions,
            List<NamedNode> nodes,
            List<NamedType> types)
            implements JournalEntry {
        /** Copies the lists. */
        public Begun {
            nodes = List.copyOf(nodes);
            types = List.copyOf(types);
        }
    }

    /**
     * A record or enum of the user.
     *
     * @param name what it is called in values
     * @param components the components of a record in their order, each as {@code name:type}; none of an enum
     */
    record NamedType(String name, List<String> components) {
        /** Copies the components. */
        public NamedType {
            components = List.copyOf(components);
        }
    }

    /**
     * An operator of a run.
     *
     * @param node its number
     * @param name its name, unique in the job
     * @param role what it is to the log
     */
    record NamedNode(int node, String name, Role role) {}

    /** What an operator is to the log. */
    enum Role {
        /** It brings records. */
        SOURCE,
        /** It keeps a state. */
        STATE,
        /** It writes records. */
        OUTPUT,
        /** It does something to records and keeps nothing. */
        OTHER
    }

    /**
     * A block counts as received.
     *
     * @param block what is known of it; its stream is a number among the sources
     * @param content the block
     */
    record Added(BlockInfo block, byte[] content) implements JournalEntry {}

    /**
     * What a batch holds; before it runs.
     *
     * @param number the number of the batch, one more than that of the one before, from 1
     * @param batch its time
     * @param absorbed how many intervals before it have no batch of their own
     * @param blocks its blocks in order
     */
    record Planned(long number, BatchTime batch, int absorbed, List<PlannedBlock> blocks) implements JournalEntry {
        /** Copies the blocks. */
        public Planned {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * What became of a batch, before any output is touched: this and nothing else is the batch.
     *
     * @param number the number of the batch
     * @param batch its time
     * @param changes what changed in the state
     * @param outputs what its outputs are to write
     * @param failures operators that failed
     * @param lost what windows have lost by now
     */
    record Prepared(
            long number,
            BatchTime batch,
            List<StateChange> changes,
            List<StagedOutput> outputs,
            List<NodeFailure> failures,
            List<LostBatch> lost)
            implements JournalEntry {
        /** Copies the lists. */
        public Prepared {
            changes = List.copyOf(changes);
            outputs = List.copyOf(outputs);
            failures = List.copyOf(failures);
            lost = List.copyOf(lost);
        }
    }

    /**
     * What changed in the state of one operator in one partition.
     *
     * @param node the operator
     * @param partition the partition
     * @param keys how many keys changed
     * @param delta the changes
     */
    record StateChange(int node, int partition, int keys, byte[] delta) {}

    /**
     * Records that an output is to write, from one task.
     *
     * @param output the output
     * @param level the level of the task
     * @param ordinal the block or partition that they come from
     * @param records how many there are
     * @param column the records
     */
    record StagedOutput(int output, int level, int ordinal, int records, byte[] column) {}

    /** All outputs have the batch. */
    record Committed(long number) implements JournalEntry {}

    /**
     * The state is written to a snapshot. With that, nothing is needed that was logged before it, but blocks that wait.
     *
     * @param begun the run that wrote it
     * @param snapshot the file
     * @param number the number of the last batch that is in it; 0 if there was none
     * @param batch the time of that batch
     * @param lost what windows have lost by then
     * @param offsets how far the sources were read, by stream and split
     * @param lives how many lives receivers had, by stream
     */
    record Snapshotted(
            Begun begun,
            SnapshotRef snapshot,
            long number,
            BatchTime batch,
            List<LostBatch> lost,
            Map<Integer, Map<String, Long>> offsets,
            Map<Integer, Integer> lives)
            implements JournalEntry {
        /** Copies the collections. */
        public Snapshotted {
            lost = List.copyOf(lost);
            offsets = Map.copyOf(offsets);
            lives = Map.copyOf(lives);
        }
    }
}
