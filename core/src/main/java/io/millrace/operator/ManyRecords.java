// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A value that stands for several records, such as a batch of rows in columns. It travels as one; the engine asks how many there are when it
 * decides whether what came is worth more than one task of an executor.
 */
public interface ManyRecords {

    /** How many there are; called by one thread at a time, when the value has arrived. */
    int records();
}
