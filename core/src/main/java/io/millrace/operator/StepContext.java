// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** What a running step may ask of its task. Used by the task's thread only. */
public interface StepContext {

    /** Decides what becomes of a record on which the user's function threw. */
    Guard guard();

    /** The batch that is being processed. */
    BatchTime batchTime();

    /** Where the record that is being processed came from; takes some time, so not for every record. */
    default RecordPlace place() {
        return RecordPlace.UNKNOWN;
    }

    /** How many partitions the engine exchanges records into, the same in every task of the job. */
    int partitions();

    /**
     * A value of the job that changes between batches only; asked for when the step is opened, read with every record.
     *
     * @throws IllegalArgumentException if it belongs to another context
     */
    <T> Current<T> current(Versioned<T> value);

    /**
     * A new instance of a step class that belongs to this node alone.
     *
     * <p>The Java compiler profiles a call per place in the byte code, so a step class shared by all nodes has calls
     * that go everywhere and are never inlined. This defines the class once more for the node, so that the whole
     * chain of a task can be compiled into one loop. The class must have exactly one constructor and no nested class.
     *
     * @param stepClass the class of the step
     * @param arguments what its constructor takes
     */
    <T> Step<T> fresh(Class<?> stepClass, Object... arguments);
}
